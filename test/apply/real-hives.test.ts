/** The main job on real hives: what a person is promised, compared with what hivex reads before and after. */
import { readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { captureImage } from "../../src/apply/capture.ts";
import { checkImage } from "../../src/apply/check.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { ApplyResult, InspectedConnection } from "../../src/apply/results.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import type { Change } from "../../src/windows/model/change.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { type HiveDump, hivexDump } from "../support/hivex-export.ts";
import { copyOfRealHive, describeWithRealHives, realHive } from "../support/real-hives.ts";
import { describeWithTools, runTool } from "../support/tools.ts";
import { GHOST, INTERFACES, makeDhcp, PRODUCTION, WIN7 } from "./real-windows-7.ts";
import { applyOptions, imageOptions, NOW, ORPHANS, readHive, SILENT, sha256, withProfile } from "./support.ts";

const WIN10 = "system/win10-21h2-vmware.hiv";
const XP = "system/xp-sp3-dell.hiv";

function physical(hive: string): readonly InspectedConnection[] {
  return inspectImage(imageOptions(realHive(hive)), SILENT).connections.filter(({ adapter }) => adapter?.physical);
}

let profileText: string | undefined;

/** The profile of the Windows 7 machine, in a file; captured once. */
function capturedProfile(): string {
  profileText ??= captureImage({ ...imageOptions(realHive(WIN7)), save: "nowhere", now: NOW }, SILENT).text;
  return writeFileIn(newFolder(), "profile.json", profileText);
}

function inventoryOf(...macs: string[]): string {
  const adapters = macs.map((mac) => ({ mac: { permanent: mac } }));
  return writeFileIn(newFolder(), "inventory.json", JSON.stringify({ pintInventory: 1, adapters }));
}

describeWithRealHives("inspect", () => {
  test("Windows 7: two physical adapters, one in production and one a ghost, in binding order", () => {
    const connections = physical(WIN7);
    expect(connections).toMatchObject([
      {
        number: 1,
        guid: PRODUCTION,
        mode: "static",
        presence: "present",
        mac: { permanent: "00-50-56-A5-12-69", source: "NSI" },
        ipv4: {
          addresses: [{ address: "10.3.58.5", prefixLength: 24 }],
          gateways: [{ address: "10.3.58.1", metric: 0 }],
          dnsServers: ["10.3.58.4"],
        },
      },
      {
        number: 2,
        guid: GHOST,
        mode: "static",
        presence: "orphan",
        mac: { permanent: "00-0C-29-77-D9-81", source: "NSI" },
        ipv4: {
          addresses: [{ address: "192.168.1.123", prefixLength: 24 }],
          gateways: [{ address: "192.168.1.1", metric: 0 }],
          dnsServers: ["192.168.1.112"],
        },
      },
    ]);
    expect(connections).toHaveLength(2);
    for (const { presenceReason } of connections) {
      expect(presenceReason).toContain("2012-04-04");
    }
  });

  test("Windows 10: one physical adapter, DHCP, its MAC address from NetworkSetup2", () => {
    const connections = physical(WIN10);
    expect(connections).toMatchObject([
      { mode: "dhcp", mac: { permanent: "00-0C-29-66-1A-A2", source: "NetworkSetup2" } },
    ]);
    expect(connections).toHaveLength(1);
  });

  test("Windows XP: one, DHCP", () => {
    const connections = physical(XP);
    expect(connections).toMatchObject([{ mode: "dhcp" }]);
    expect(connections).toHaveLength(1);
  });

  test.each([WIN7, WIN10, XP])("%s: nothing that is software is taken for an adapter of the machine", (hive) => {
    const { connections } = inspectImage(imageOptions(realHive(hive)), SILENT);
    const software = connections.filter(({ adapter }) =>
      /miniport|bluetooth|debug|isatap|teredo|6to4|tunnel|loopback/i.test(adapter?.description ?? ""),
    );
    expect(software.length).toBeGreaterThan(0);
    expect(software.filter(({ adapter }) => adapter?.physical)).toEqual([]);
  });
});

describeWithTools("apply", ["hivexregedit", "reglookup", "regfinfo", "reged"], () => {
  describeWithRealHives("the profile of the Windows 7 machine, to the Windows 10 one", () => {
    test("is moved, nothing else has changed, and it is undone bit for bit", () => {
      const hive = copyOfRealHive(WIN10);
      const what = withProfile(capturedProfile(), inventoryOf("00-0C-29-66-1A-A2"));
      const before = { sha256: sha256(hive), dump: hivexDump(hive) };

      const applied = applyImage(applyOptions(hive, what), SILENT);
      expect(applied).toMatchObject({ exitCode: 0, written: true });
      expect(applied.sources.map(({ source, outcome }) => [source.guid, outcome])).toEqual([
        [PRODUCTION, "moved"],
        [GHOST, "skipped"],
      ]);
      expectOnlyChanges(before.dump, hivexDump(hive), applied.steps);
      expectSound(hive, "10.3.58.5");

      const values = staticValues(hive, `ControlSet001\\${INTERFACES}\\{c43669b3-ab3e-4d0e-8fde-69579925a20f}`);
      expect(values).toMatchObject({
        EnableDHCP: "4|00000000",
        IPAddress: multi("10.3.58.5"),
        SubnetMask: multi("255.255.255.0"),
        DefaultGateway: multi("10.3.58.1"),
        DefaultGatewayMetric: multi("0"),
        NameServer: text("10.3.58.4"),
        Domain: text(""),
      });
      const residue = Object.keys(values).filter((name) => /^Dhcp/i.test(name));
      expect(
        residue.filter(
          (name) => !/^Dhcp(?:GatewayHardware|GatewayHardwareCount|Server|ConnForceBroadcastFlag)$/i.test(name),
        ),
      ).toEqual([]);

      const second = { sha256: sha256(hive), modified: statSync(hive, { bigint: true }).mtimeNs };
      const again = applyImage(applyOptions(hive, what), SILENT);
      expect(again).toMatchObject({ exitCode: 0, written: false, steps: [], receipt: null });
      expect(again.sources.map(({ outcome }) => outcome)).toEqual(["already", "skipped"]);
      expect({ sha256: sha256(hive), modified: statSync(hive, { bigint: true }).mtimeNs }).toEqual(second);
      expect(verifyImage({ ...imageOptions(hive), planning: what }, SILENT)).toMatchObject({
        exitCode: 0,
        differences: [],
      });
      expect(verifyImage(imageOptions(hive), SILENT)).toMatchObject({ exitCode: 0, differences: [] });

      expect(undoImage(imageOptions(hive), SILENT).exitCode).toBe(0);
      expect(sha256(hive)).toBe(before.sha256);
    });

    test("without an inventory nothing moves, and why is said", () => {
      const hive = copyOfRealHive(WIN10);
      const before = sha256(hive);
      const what = withProfile(capturedProfile());
      const applied = applyImage(applyOptions(hive, what), SILENT);
      expect(applied).toMatchObject({ exitCode: 25, written: false, steps: [], receipt: null });
      expect(applied.sources.map(({ outcome }) => outcome)).toEqual(["unplaced", "skipped"]);
      expect(applied.sources[0]?.reason).toContain("inventory");
      expect(sha256(hive)).toBe(before);
      expect(planImage({ ...imageOptions(hive), ...what }, SILENT).exitCode).toBe(25);
    });
  });

  describeWithRealHives("the image's own orphans", () => {
    test("Windows 7, its production interface now DHCP: the ghost's address moves to it, in both control sets alike", () => {
      const hive = copyOfRealHive(WIN7);
      makeDhcp(hive);
      const before = { sha256: sha256(hive), dump: hivexDump(hive) };
      const applied = applyImage(applyOptions(hive, ORPHANS), SILENT);
      expect(applied).toMatchObject({ exitCode: 0, written: true });
      expect(applied.sources).toMatchObject([
        { source: { guid: GHOST }, outcome: "moved", target: { guid: PRODUCTION } },
      ]);
      const after = hivexDump(hive);
      expectOnlyChanges(before.dump, after, applied.steps);
      expectSound(hive, "192.168.1.123");
      for (const controlSet of ["ControlSet001", "ControlSet002"]) {
        const target = staticValues(hive, `${controlSet}\\${INTERFACES}\\${PRODUCTION}`);
        expect(target).toMatchObject({
          EnableDHCP: "4|00000000",
          IPAddress: multi("192.168.1.123"),
          SubnetMask: multi("255.255.255.0"),
          DefaultGateway: multi("192.168.1.1"),
          NameServer: text("192.168.1.112"),
        });
        expect(
          Object.keys(target).filter((name) => /^Dhcp(?:IPAddress|SubnetMask|NameServer|DefaultGateway)/i.test(name)),
        ).toEqual([]);
        const ghost = staticValues(hive, `${controlSet}\\${INTERFACES}\\${GHOST}`);
        expect(ghost).toMatchObject({ EnableDHCP: "4|01000000", NameServer: text("") });
        expect(Object.keys(ghost)).not.toContain("IPAddress");
      }
      const setsOf = (dump: HiveDump, set: string): string[] =>
        dump.values.filter((line) => line.startsWith(`${set}\\${INTERFACES}\\`)).map((line) => line.slice(set.length));
      expect(differs(setsOf(before.dump, "ControlSet001"), setsOf(after, "ControlSet001"))).toEqual(
        differs(setsOf(before.dump, "ControlSet002"), setsOf(after, "ControlSet002")),
      );
      const now = sha256(hive);
      expect(applyImage(applyOptions(hive, ORPHANS), SILENT)).toMatchObject({ written: false, steps: [] });
      expect(sha256(hive)).toBe(now);
      undoImage(imageOptions(hive), SILENT);
      expect(sha256(hive)).toBe(before.sha256);
    });
  });
});

describeWithRealHives("what cannot be used", () => {
  const CASES: readonly [path: string, exit: number, code: string][] = [
    ["system/container-delta.hiv", 22, "layered-hive"],
    ["system/nt4-dc.hiv", 22, "no-connections-key"],
    ["system/xp-sp3-damaged.hiv", 23, "cell-misplaced"],
    ["system/win81-x64-virtualbox-dirty.hiv", 23, "dirty-without-logs"],
    ["system/win10-1903-vmware-dirty.hiv", 23, "dirty-without-logs"],
  ];

  test.each(CASES)("%s: exit %i, %s, from every operation, and no byte is touched", (path, exit, code) => {
    const hive = copyOfRealHive(path);
    const before = sha256(hive);
    const what = withProfile(capturedProfile(), inventoryOf("00-0C-29-66-1A-A2"));
    const operations: (() => unknown)[] = [
      () => inspectImage(imageOptions(hive), SILENT),
      () => captureImage({ ...imageOptions(hive), save: "in-image", now: NOW }, SILENT),
      () => planImage({ ...imageOptions(hive), ...what }, SILENT),
      () => applyImage(applyOptions(hive, what), SILENT),
      () => verifyImage({ ...imageOptions(hive), planning: what }, SILENT),
    ];
    for (const operation of operations) {
      expect(failureOf(operation)).toMatchObject({
        exitCode: exit,
        code,
        at: expect.any(String),
        advice: expect.any(String),
      });
    }
    expect(sha256(hive)).toBe(before);
  });

  test("the damaged hive is refused with the places of the damage, and check lists them all", () => {
    const hive = realHive("system/xp-sp3-damaged.hiv");
    const { at, message } = failureOf(() => inspectImage(imageOptions(hive), SILENT));
    const { problems, exitCode } = checkImage(imageOptions(hive), SILENT);
    const fatal = problems.filter(({ severity }) => severity === "fatal");
    expect(exitCode).toBe(23);
    expect(message).toContain(`${fatal.length} fatal problems`);
    expect(at).toContain(`byte offset ${fatal[0]?.at}`);
  });

  test("a dirty hive is taken as it stands when that is forced, and it is said", () => {
    const hive = copyOfRealHive("system/win10-1903-vmware-dirty.hiv");
    const seen = inspectImage(imageOptions(hive, ["dirty"]), SILENT);
    expect(seen.hive.dirty).toBe(true);
    expect(seen.warnings.map(({ code }) => code)).toContain("forced-dirty");
    expect(seen.connections.filter(({ adapter }) => adapter?.physical)).toHaveLength(1);
  });

  test("a truncated hive, an empty file, a text, random bytes, a folder without Windows", () => {
    const truncated = copyOfRealHive(WIN10);
    truncateSync(truncated, 5_000_000);
    const folder = newFolder();
    const cases: [string, number, string][] = [
      [truncated, 23, "truncated"],
      [writeFileIn(folder, "empty"), 21, "empty-file"],
      [writeFileIn(folder, "text", "hello\r\n"), 21, "not-a-hive"],
      [
        writeFileIn(
          folder,
          "random",
          Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919 + 131) % 251),
        ),
        21,
        "not-a-hive",
      ],
      [newFolder(), 21, "no-windows"],
    ];
    for (const [path, exit, code] of cases) {
      const isFile = statSync(path).isFile();
      const before = isFile ? sha256(path) : "";
      for (const operation of [
        () => inspectImage(imageOptions(path), SILENT),
        () => applyImage(applyOptions(path, ORPHANS), SILENT),
      ]) {
        expect(failureOf(operation)).toMatchObject({
          exitCode: exit,
          code,
          at: expect.stringContaining(path),
          advice: expect.any(String),
        });
      }
      expect(isFile ? sha256(path) : "").toBe(before);
    }
  });
});

describeWithRealHives("check", () => {
  test.each([WIN7, WIN10, XP])("%s has no problem", (hive) => {
    expect(checkImage(imageOptions(realHive(hive)), SILENT)).toMatchObject({
      exitCode: 0,
      problems: [],
      hive: { dirty: false },
    });
  });

  test("hives of other kinds, with their logs", () => {
    const hive = join(copyOfRealHive("dirty/usrclass"), "UsrClass.dat");
    const result = checkImage(imageOptions(hive), SILENT);
    expect(result.hive).toMatchObject({
      dirty: true,
      logs: [{ name: "UsrClass.dat.LOG1" }, { name: "UsrClass.dat.LOG2" }],
    });
    expect(result.hive?.logs.every(({ replayed }) => replayed > 0)).toBe(true);
    expect(result.counts.keys).toBeGreaterThan(1000);
  });
});

/** Every value that hivex reads differently is one that a step names, and every step is to be seen. */
function expectOnlyChanges(before: HiveDump, after: HiveDump, steps: ApplyResult["steps"]): void {
  const named = new Set(steps.flatMap((step) => ("name" in step ? [nameOf(step)] : [])));
  const changed = new Set(
    differs(before.values, after.values).map((line) => line.split("|").slice(0, 2).join("|").toUpperCase()),
  );
  expect([...changed].sort()).toEqual([...named].sort());
  const keys = steps.flatMap((step) =>
    step.kind === "create-key" || step.kind === "delete-key" ? [step.key.toUpperCase()] : [],
  );
  expect(
    differs(before.keys, after.keys)
      .map((key) => key.toUpperCase())
      .sort(),
  ).toEqual(keys.sort());
  expect(named.size).toBeGreaterThan(3);
}

function nameOf(step: Extract<Change, { name: string }>): string {
  return `${step.key}|${step.name}`.toUpperCase();
}

/** Lines of either that the other has not. */
function differs(left: readonly string[], right: readonly string[]): string[] {
  const [one, other] = [new Set(left), new Set(right)];
  return [...left.filter((line) => !other.has(line)), ...right.filter((line) => !one.has(line))].sort();
}

/** Our own check, and programs that are not ours (hivex has its say elsewhere): each reads the hive, and finds the address. */
function expectSound(hive: string, address: string): void {
  expect(checkImage(imageOptions(hive), SILENT)).toMatchObject({ exitCode: 0, problems: [] });
  const listed = runTool("reglookup", ["-p", "/ControlSet001/Services/Tcpip/Parameters/Interfaces", hive]);
  expect(listed.status).toBe(0);
  expect(listed.stdout.toString()).toContain(`/IPAddress,MULTI_SZ,${address},`);
  const dumped = runTool("regfinfo", [hive]);
  expect(dumped.status).toBe(0);
  expect(dumped.stdout.toString().match(/\(value: \d+\) IPAddress$/gm)?.length).toBeGreaterThan(0);
  const file = join(newFolder(), "out.reg");
  // reged compares names with regard to case.
  const services = inspectedSpelling(hive);
  runTool("reged", [
    "-x",
    hive,
    "HKEY_LOCAL_MACHINE\\SYSTEM",
    `ControlSet001\\${services}\\Tcpip\\Parameters\\Interfaces`,
    file,
  ]);
  expect(readFileSync(file, "latin1")).toContain(
    multi(address).slice(2).match(/../g)?.slice(0, 12).join(",") ?? "no address",
  );
}

/** "services" or "Services", as this hive spells the key. */
function inspectedSpelling(hive: string): string {
  return readHive(hive, ({ root }) => root.open("ControlSet001\\Services")?.name ?? expect.fail());
}

/** Every value of a key as hivex reads it: `type|data in hexadecimal`, by name. */
function staticValues(hive: string, key: string): Record<string, string> {
  const { values } = hivexDump(hive, `\\${key}`);
  return Object.fromEntries(
    values.map((line) => {
      const [, name = "", type = "", data = ""] = line.split("|");
      return [name, `${type}|${data}`];
    }),
  );
}

function text(content: string): string {
  return `1|${Buffer.from(`${content}\0`, "utf16le").toString("hex")}`;
}

function multi(...contents: string[]): string {
  return `7|${Buffer.from(`${contents.map((each) => `${each}\0`).join("")}\0`, "utf16le").toString("hex")}`;
}
