/** `capture --live`: a running Windows, of which the registry is saved; what of it replaces the saved profile and what never does. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { captureLive } from "../../src/apply/capture-live.ts";
import { parseProfile } from "../../src/profile/document.ts";
import type { Profile } from "../../src/profile/model.ts";
import { FakeWindows, refusal } from "../inventory/fake-windows.ts";
import { failureOf } from "../support/failures.ts";
import { phonyImage } from "../support/phony-images.ts";
import { applyOptions, dword, editOnDisk, HOST, NOW, SAVED_PROFILE, SILENT } from "./support.ts";

/** Static at capture, an orphan now; and the adapter of the new machine. */
const [OLD, NEW] = ["{3B1C9E52-7A40-4D0E-9C55-1F6E0B7A2D11}", "{9D4E6F03-2C8B-4B7F-A1E6-5C0D8E3F7A22}"];

const MINUTE_MS = 60_000;

/** The Windows of the phony image, running on the new machine. */
function running(answer?: ConstructorParameters<typeof FakeWindows>[1]) {
  const { root, hive } = phonyImage("moved-windows-10");
  const machine = new FakeWindows(hive, { isWindowsPe: false, ...answer });
  machine.environment["ProgramData"] = join(machine.root, "ProgramData");
  const file = join(machine.root, "ProgramData", "PINT", "profile.json");
  let now = NOW.getTime();
  return {
    root,
    hive,
    machine,
    file,
    /** The profile that was saved on the source machine. */
    saveBeforeTheMove: () => {
      mkdirSync(dirname(file), { recursive: true });
      copyFileSync(join(root, "Windows", "PINT", "profile.json"), file);
      return readFileSync(file, "utf8");
    },
    save: (change: (profile: Profile) => object) => {
      writeFileSync(file, JSON.stringify(change(parseProfile(readFileSync(file), file).profile)));
      return readFileSync(file, "utf8");
    },
    capture: (named?: string) => {
      now += MINUTE_MS;
      return captureLive({ host: HOST, machine, file: named, now: new Date(now) }, SILENT);
    },
    saved: () => parseProfile(readFileSync(file), file).profile,
    /** As an administrator would, in the running Windows. */
    configure: (guid: string, values: Readonly<Record<string, Uint8Array>>) =>
      editOnDisk(hive, (edit) => {
        const key = `ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\${guid}`;
        for (const [name, data] of Object.entries(values)) {
          edit.setValue(key, name, name === "EnableDHCP" ? 4 : 7, data);
        }
      }),
  };
}

const multi = (text: string) => new Uint8Array([...`${text}\0\0`].flatMap((character) => [character.charCodeAt(0), 0]));

const staticAddress = (address: string) => ({
  EnableDHCP: dword(0),
  IPAddress: multi(address),
  SubnetMask: multi("255.255.255.0"),
});

const codesOf = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.map(({ code }) => code);

const byGuid = ({ connections }: Profile, guid: string | undefined) => connections.find((one) => one.guid === guid);

describe("a running Windows", () => {
  test("without a profile gets one in ProgramData; presence is that of now; nothing temporary stays", () => {
    const { machine, file, capture, saved } = running();
    const result = capture();
    expect(result).toMatchObject({ path: file, state: "new", formerKeptAs: null, removedCopies: [], exitCode: 0 });
    expect(byGuid(saved(), NEW)).toMatchObject({ apply: "dhcp" });
    expect(byGuid(saved(), OLD)).toMatchObject({ apply: "skip", note: expect.stringContaining("an orphan") });
    expect(machine.left()).toEqual([]);
  });

  test("that has not changed: the file is not even touched", () => {
    const { file, capture } = running();
    capture();
    const before = statSync(file, { bigint: true }).mtimeNs;
    expect(capture()).toMatchObject({ state: "unchanged", formerKeptAs: null });
    expect(statSync(file, { bigint: true }).mtimeNs).toBe(before);
    expect(readdirSync(dirname(file))).toEqual(["profile.json"]);
  });

  test("with a profile in its Windows folder goes on with that one; -o names another", () => {
    const { root, machine, capture } = running();
    const own = join(machine.root, "PINT", "profile.json");
    mkdirSync(dirname(own));
    copyFileSync(join(root, "Windows", "PINT", "profile.json"), own);
    expect(capture().path).toBe(own);
    const other = join(machine.root, "other.json");
    expect(capture(other)).toMatchObject({ path: other, state: "new" });
  });
});

describe("after a move", () => {
  test("the DHCP that it leaves behind never replaces the static configuration: kept, byte for byte, 0 with a warning", () => {
    const { file, saveBeforeTheMove, capture } = running();
    const before = saveBeforeTheMove();
    const result = capture();
    expect(result).toMatchObject({ state: "kept", exitCode: 0, formerKeptAs: null });
    expect(result.warnings.find(({ code }) => code === "profile-kept")?.message).toMatch(
      /10\.20\.30\.40.*as after a move/,
    );
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(readdirSync(dirname(file))).toEqual(["profile.json"]);
  });

  test("nor when the old interface is gone altogether, or was cleared", () => {
    const { file, saveBeforeTheMove, capture, hive } = running();
    const before = saveBeforeTheMove();
    editOnDisk(hive, (edit) => edit.deleteKey(`ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\${OLD}`));
    expect(capture().state).toBe("kept");
    editOnDisk(hive, (edit) => {
      edit.deleteKey("ControlSet001\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0001");
      edit.deleteKey(`ControlSet001\\Control\\Network\\{4D36E972-E325-11CE-BFC1-08002BE10318}\\${OLD}`);
    });
    expect(capture().state).toBe("kept");
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test("that pint has finished: the new adapter has the addresses, and the profile follows it", () => {
    const { root, machine, file, saveBeforeTheMove, capture, saved } = running();
    const before = saveBeforeTheMove();
    applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    const result = capture();
    expect(result.state).toBe("changed");
    expect(byGuid(saved(), NEW)).toMatchObject({
      apply: "move",
      ipv4: { mode: "static", addresses: [{ address: "10.20.30.40" }] },
    });
    expect(readFileSync(result.formerKeptAs ?? "", "utf8")).toBe(before);
    expect(dirname(result.formerKeptAs ?? "")).toBe(dirname(file));
    expect(capture().state).toBe("unchanged");
    expect(machine.left()).toEqual([]);
  });

  test("a new adapter that somebody has made static, at another site: that is his answer, and is taken", () => {
    const { saveBeforeTheMove, capture, configure, saved } = running();
    saveBeforeTheMove();
    configure(NEW ?? "", staticAddress("192.168.7.7"));
    expect(capture().state).toBe("changed");
    expect(byGuid(saved(), NEW)).toMatchObject({ apply: "move", ipv4: { addresses: [{ address: "192.168.7.7" }] } });
  });
});

describe("on the same adapter", () => {
  /** The adapter of now is static, and the profile knows it. */
  function settled() {
    const stage = running();
    stage.configure(NEW ?? "", staticAddress("192.168.7.7"));
    stage.capture();
    return stage;
  }

  test("DHCP is taken when an administrator has chosen it", () => {
    const { configure, capture, saved } = settled();
    configure(NEW ?? "", { EnableDHCP: dword(1), IPAddress: multi(""), SubnetMask: multi("") });
    const result = capture();
    expect(result).toMatchObject({ state: "changed", formerKeptAs: expect.stringContaining("profile-before-") });
    expect(codesOf(result)).not.toContain("profile-kept");
    expect(byGuid(saved(), NEW)).toMatchObject({ apply: "dhcp", ipv4: { mode: "dhcp" } });
  });

  test("another address is taken; what a person has written into the profile stays in it", () => {
    const { configure, capture, save, saved } = settled();
    save((profile) => ({
      ...profile,
      connections: profile.connections.map((one) =>
        one.guid === NEW ? { ...one, apply: "skip", mac: { ...one.mac, user: ["02-00-00-00-00-0A"] } } : one,
      ),
    }));
    expect(capture().state).toBe("unchanged");
    configure(NEW ?? "", staticAddress("192.168.7.8"));
    expect(capture().state).toBe("changed");
    expect(byGuid(saved(), NEW)).toMatchObject({
      apply: "skip",
      mac: { user: ["02-00-00-00-00-0A"] },
      ipv4: { addresses: [{ address: "192.168.7.8" }] },
    });
  });

  test("an adapter that was taken out, with no new one: its static configuration stays, and the others go on", () => {
    const { configure, capture, save, saved } = settled();
    // As if the old adapter had been there when that was saved.
    save((profile) => ({
      ...profile,
      connections: profile.connections.map((one) =>
        one.guid === OLD ? { ...one, apply: "move", note: undefined } : one,
      ),
    }));
    const first = capture();
    expect(first.state).toBe("unchanged");
    expect(codesOf(first)).not.toContain("profile-kept");
    configure(NEW ?? "", staticAddress("192.168.7.9"));
    const second = capture();
    expect(second.state).toBe("changed");
    expect(codesOf(second)).toContain("adapter-gone");
    expect(byGuid(saved(), OLD)).toMatchObject({
      apply: "move",
      ipv4: { mode: "static", addresses: [{ address: "10.20.30.40" }] },
    });
    expect(byGuid(saved(), NEW)).toMatchObject({ ipv4: { addresses: [{ address: "192.168.7.9" }] } });
    expect(saved().connections.map(({ number }) => number)).toEqual(saved().connections.map((_, index) => index + 1));
    expect(capture().state).toBe("unchanged");
  });

  test("former profiles are kept, the last twenty of them; a file that a person named alike stays", () => {
    const { file, configure, capture } = settled();
    const folder = dirname(file);
    writeFileSync(join(folder, "profile-before-the-audit.json"), "{}");
    const removed: string[] = [];
    for (let last = 10; last < 33; last += 1) {
      configure(NEW ?? "", staticAddress(`192.168.7.${last}`));
      removed.push(...capture().removedCopies);
    }
    const copies = readdirSync(folder).filter((name) => /^profile-before-2/.test(name));
    expect(copies).toHaveLength(20);
    expect(removed).toHaveLength(3);
    expect(removed.every((path) => copies.every((name) => path < join(folder, name)))).toBe(true);
    expect(readdirSync(folder)).toContain("profile-before-the-audit.json");
  });
});

describe("what is refused", () => {
  test("a saved profile that is not valid: 20, and it stays", () => {
    const { file, capture } = running();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{ "pintProfile": 1, "connections": [{}] }');
    expect(failureOf(() => capture())).toMatchObject({ exitCode: 20 });
    expect(readFileSync(file, "utf8")).toContain("[{}]");
  });

  test("a machine where no Windows runs, or WinPE", () => {
    expect(failureOf(() => captureLive({ host: HOST, now: NOW }, SILENT))).toMatchObject({
      exitCode: 2,
      code: "no-running-windows",
    });
    expect(failureOf(() => running({ isWindowsPe: true }).capture())).toMatchObject({
      exitCode: 2,
      code: "no-running-windows",
    });
  });

  test("a registry that cannot be read: why, and what helps here", () => {
    const { capture, machine } = running({ answer: () => refusal("ERROR: Access is denied.") });
    const failure = failureOf(() => capture());
    expect(failure).toMatchObject({ exitCode: 24, advice: expect.stringContaining("as administrator") });
    expect(failure.advice).not.toContain("--inventory");
    expect(machine.left()).toEqual([]);
  });

  test("a reg.exe that does not end", () => {
    const late = { ended: false, why: "timed-out", reason: "had not ended after 120 seconds" } as const;
    expect(failureOf(() => running({ answer: () => late }).capture())).toMatchObject({ exitCode: 31 });
  });
});
