/** `firstboot`: what it waits for, what it moves, and how it ends. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { finishFirstBoot } from "../../../src/apply/first-boot-live/finish-first-boot.ts";
import { formatFirstBootChanges, parseFirstBootChanges } from "../../../src/firstboot/changes.ts";
import type { MacAddress } from "../../../src/notation/mac.ts";
import { readTexts } from "../../../src/windows/registry-values.ts";
import { readConnections } from "../../../src/windows/connections.ts";
import { refusal } from "../../inventory/fake-windows.ts";
import { failureOf } from "../../support/failures.ts";
import { dword, listener, SILENT } from "../support.ts";
import { type BootedTraits, FakeBootedWindows, KEYS_OF_NEW, NEW, OLD, TCPIP } from "./booted-windows.ts";
import { addressesOf, CLEARED, finish, MOVED, optionsOf, withIpv6 } from "./runs.ts";

describe("an adapter that appears", () => {
  test("gets the settings, the orphan is cleared, and nothing of the finisher is left after the restart", () => {
    const machine = new FakeBootedWindows({ arrivesAfterMs: 20_000 });
    const { result, exitCode } = finish(machine);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({
      state: "finished",
      attempt: 1,
      removed: true,
      restart: true,
      sources: [{ outcome: "moved", target: "Ethernet1" }],
    });
    expect(machine.result()).toMatchObject(result);
    expect(machine.events).toEqual([expect.stringContaining("/T INFORMATION")]);
    expect(addressesOf(machine, NEW)).toEqual(MOVED);
    expect(addressesOf(machine, OLD)).toEqual(CLEARED);
    expect(machine.actions.map((action) => action.replace(/ \d+$/, ""))).toEqual([
      "reg add", // the attempt is counted
      "save first-boot-changes.json",
      "reg import",
      "save first-boot-changes.json",
      "save first-boot-result.json",
      "save first-boot-changes.json", // the copies that stay
      "save first-boot-result.json",
      "shutdown",
      "eventcreate", // it tells whether Windows restarts
      "sc delete",
      "reg import", // the files
    ]);
    // It waits until nothing has changed for ten seconds.
    expect(machine.clock.elapsedMs()).toBeGreaterThanOrEqual(30_000);
    machine.restart();
    expect(machine.service()).toBeUndefined();
    expect(existsSync(machine.folder)).toBe(false);
  });

  test("its former values are in the document of changes", () => {
    const machine = new FakeBootedWindows();
    finish(machine);
    const { rounds } = parseFirstBootChanges(readFileSync(machine.changesFile), machine.changesFile);
    expect(rounds).toHaveLength(1);
    expect(rounds[0]).toMatchObject({ finished: true });
    expect(rounds[0]?.changes).toContainEqual(
      expect.objectContaining({ name: "EnableDHCP", data: 0, was: { type: "REG_DWORD", data: 1 } }),
    );
  });

  test("with --no-restart nothing is restarted, and it is said that one is needed", () => {
    const machine = new FakeBootedWindows();
    const { warnings, result } = finish(machine, { restart: false });
    expect(machine.restarts).toBe(0);
    expect(result.restart).toBe(true);
    expect(warnings).toContainEqual(expect.objectContaining({ code: "restart-needed" }));
    expect(machine.events).toEqual([expect.stringMatching(/\/T WARNING .*not restarted \(--no-restart\).*finished: /)]);
  });

  test("names go along where it was asked for", () => {
    const machine = new FakeBootedWindows({
      document: (document) => ({ ...document, options: { ...document.options, rename: true } }),
    });
    finish(machine);
    const names = machine.look((root) => {
      const set = root.open("ControlSet001");
      return set === undefined ? [] : readConnections(set, "10").map(({ guid, name }) => [guid, name]);
    });
    expect(names).toContainEqual([NEW, "Ethernet0"]);
    expect(names).toContainEqual([OLD, "Ethernet0 (former)"]);
  });

  test("a program that fails is told, and changes nothing of the move", () => {
    const machine = new FakeBootedWindows({
      answer: (program) =>
        program === "eventcreate.exe" || program === "shutdown.exe" ? refusal("Access is denied.", 5) : undefined,
    });
    const { exitCode, result } = finish(machine);
    expect(exitCode).toBe(0);
    expect(result.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["event-not-written", "restart-needed"]),
    );
    expect(addressesOf(machine, NEW)).toEqual(MOVED);
  });

  test("a service that cannot be removed keeps its files", () => {
    const machine = new FakeBootedWindows({
      answer: (program) => (program === "sc.exe" ? refusal("no", 5) : undefined),
    });
    expect(finish(machine).result).toMatchObject({
      removed: false,
      warnings: expect.arrayContaining([expect.objectContaining({ code: "not-removed" })]),
    });
    machine.restart({ answer: undefined });
    expect(existsSync(join(machine.folder, "pint.exe"))).toBe(true);
    // The next start of Windows takes it out, and restarts nothing.
    expect(finish(machine)).toMatchObject({ exitCode: 0, result: { state: "finished", removed: true } });
    expect(machine.restarts).toBe(1);
  });
});

describe("static IPv6, which no record here shows how to write", () => {
  test("is set by netsh, under the name of now, and read back", () => {
    const machine = new FakeBootedWindows({ document: withIpv6 });
    const { result, exitCode } = finish(machine);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ state: "finished", sources: [{ outcome: "moved", target: "Ethernet1" }] });
    expect(machine.actions).toContain(
      "interface ipv6 add address interface=Ethernet1 address=2001:db8::5/64 store=persistent",
    );
    expect(machine.actions).toContain(
      "interface ipv6 add route prefix=::/0 interface=Ethernet1 nexthop=fe80::1 store=persistent",
    );
    expect(addressesOf(machine, NEW)).toEqual(MOVED);
  });

  test("that netsh refuses leaves the source waiting, with all the rest in place; the next start adds what is wanting", () => {
    const answer: BootedTraits["answer"] = (program, args) =>
      program === "netsh.exe" && args.includes("route") ? refusal("Element not found.") : undefined;
    const machine = new FakeBootedWindows({ document: withIpv6, answer });
    expect(finish(machine)).toMatchObject({
      exitCode: 27,
      result: { state: "waiting", restart: true, sources: [{ reason: expect.stringContaining("Element not found") }] },
    });
    expect(addressesOf(machine, NEW)).toEqual(MOVED);
    machine.restart({ answer: undefined });
    machine.actions.length = 0;
    expect(finish(machine)).toMatchObject({ exitCode: 0, result: { state: "finished", restart: false } });
    expect(machine.actions.filter((action) => action.startsWith("interface"))).toHaveLength(1);
  });
});

describe("a registry that cannot be written as a whole", () => {
  test("what is wanting is named, tried twice as often, and what stands of it is taken back in the end", () => {
    const machine = new FakeBootedWindows({
      unwritable: (key, name) => key.toUpperCase().endsWith(NEW) && name === "SubnetMask",
      document: (document) => ({ ...document, attempts: 1 }),
    });
    const before = machine.look((root) => addressText(root.open(TCPIP(OLD))));
    const first = finish(machine);
    expect(first).toMatchObject({ exitCode: 28, result: { state: "failed", attempt: 1 } });
    expect(first.result.reason).toMatch(/\\SubnetMask: .*attempt 1 of 2/);
    machine.restart();
    expect(finish(machine)).toMatchObject({
      result: {
        ...{ state: "gave-up", attempt: 2, removed: true, reason: expect.stringContaining("attempt 2 of 2") },
        warnings: expect.arrayContaining([expect.objectContaining({ code: "taken-back" })]),
      },
    });
    expect(addressesOf(machine, NEW)).toEqual(CLEARED);
    expect(machine.look((root) => addressText(root.open(TCPIP(OLD))))).toBe(before);
  });
});

describe("an adapter that does not appear", () => {
  test("leaves Windows as it is, until the attempts are used up", () => {
    const machine = new FakeBootedWindows({ arrivesAfterMs: Number.POSITIVE_INFINITY });
    const { events, emit } = listener();
    const before = machine.look((root) => addressText(root.open(TCPIP(OLD))));
    expect(finishFirstBoot(optionsOf(machine), emit)).toMatchObject({
      exitCode: 27,
      result: { state: "waiting", attempt: 1, removed: false, restart: false, sources: [{ outcome: "arranged" }] },
    });
    expect(events).toContainEqual(expect.objectContaining({ kind: "waiting", what: "the adapters" }));
    expect(machine.service()).toMatchObject({ attempts: 1 });
    for (let attempt = 2; attempt <= 4; attempt++) {
      machine.restart();
      expect(finish(machine)).toMatchObject({ exitCode: 27, result: { state: "waiting", attempt } });
    }
    machine.restart();
    expect(finish(machine)).toMatchObject({
      exitCode: 26,
      result: { state: "gave-up", attempt: 5, removed: true, sources: [{ outcome: "pending" }] },
    });
    expect(machine.events).toHaveLength(5);
    expect(machine.events.at(-1)).toContain("/T ERROR");
    expect(machine.look((root) => addressText(root.open(TCPIP(OLD))))).toBe(before);
    machine.restart();
    expect(machine.service()).toBeUndefined();
    expect(existsSync(machine.folder)).toBe(false);
    expect(machine.restarts).toBe(0);
  });

  test("is found by a later start", () => {
    const machine = new FakeBootedWindows({ arrivesAfterMs: Number.POSITIVE_INFINITY });
    finish(machine);
    machine.restart({ arrivesAfterMs: 0 });
    expect(finish(machine)).toMatchObject({ exitCode: 0, result: { state: "finished", attempt: 2 } });
    expect(addressesOf(machine, NEW)).toEqual(MOVED);
  });

  test("while Setup is at work nothing is done", () => {
    const machine = new FakeBootedWindows();
    machine.edit((edit) => edit.setValue("Setup", "OOBEInProgress", 4, dword(1)));
    const { result } = finish(machine);
    expect(result).toMatchObject({ state: "waiting", sources: [{ reason: expect.stringContaining("Setup") }] });
    expect(machine.restarts).toBe(0);
  });
});

describe("what it must not touch", () => {
  test("an adapter that somebody has made static meanwhile", () => {
    const machine = new FakeBootedWindows();
    machine.edit((edit) => edit.setValue(TCPIP(NEW), "EnableDHCP", 4, dword(0)));
    const { result } = finish(machine);
    expect(result).toMatchObject({ state: "waiting", removed: false });
    expect(machine.actions.filter((action) => action.startsWith("reg import"))).toHaveLength(0);
  });

  test.for<[string, MacAddress | undefined, string]>([
    ["with another MAC address: a clone of the image, or another card", "00-50-56-A7-1B-23" as MacAddress, "waiting"],
    ["where the document knows none: the place counts", undefined, "finished"],
  ])("the same model in the same slot %s", ([, permanent, state]) => {
    const machine = new FakeBootedWindows({
      document: (document) => ({
        ...document,
        pending: document.pending.map((move) => ({ ...move, adapter: { ...move.adapter, mac: { permanent } } })),
      }),
    });
    // Of a device with a serial number of its own Windows tells another one itself.
    const instance = machine.look((root) => [...(root.open(KEYS_OF_NEW[0] ?? "")?.subkeys() ?? [])][0]?.path ?? "");
    machine.edit((edit) => edit.setValue(instance, "Capabilities", 4, dword(0)));
    const { result } = finish(machine);
    expect(result.state).toBe(state);
    if (state === "finished") return;
    expect(result.sources[0]?.reason).toMatch(/another MAC address \(00-50-56-A7-1B-22\): another machine\?/);
    expect(addressesOf(machine, NEW)).toEqual(CLEARED);
  });

  test("another computer", () => {
    const machine = new FakeBootedWindows({ document: (document) => ({ ...document, computerName: "ELSEWHERE" }) });
    expect(finish(machine)).toMatchObject({
      exitCode: 26,
      result: { state: "gave-up", removed: true, sources: [{ reason: expect.stringContaining("ELSEWHERE") }] },
    });
    expect(machine.actions.map((action) => action.replace(/ \d+$/, ""))).toEqual([
      ...["reg add", "save first-boot-result.json", "save first-boot-result.json"],
      ...["eventcreate", "sc delete", "reg import"],
    ]);
    expect(addressesOf(machine, NEW)).toEqual(CLEARED);
  });

  test("a document that was changed since: every start tells it, and the last disables the service", () => {
    const machine = new FakeBootedWindows();
    const file = machine.documentFile;
    writeFileSync(file, `${readFileSync(file, "utf8")} `);
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(failureOf(() => finish(machine))).toMatchObject({ exit: "refused", code: "not-this-first-boot" });
      expect(machine.result()).toMatchObject({ state: attempt < 5 ? "failed" : "gave-up", attempt, removed: false });
      expect(machine.actions.includes("sc config")).toBe(attempt === 5);
    }
    expect(machine.events).toHaveLength(5);
    expect(machine.events[0]).toContain("/T ERROR");
  });

  test("a start that cannot be counted is the last", () => {
    const machine = new FakeBootedWindows({
      answer: (program, args) =>
        program === "reg.exe" && args[0] === "add" ? refusal("Access is denied.") : undefined,
    });
    expect(failureOf(() => finish(machine))).toMatchObject({ exit: "writeFailed", code: "registry-not-written" });
    expect(machine.actions).toContain("sc config");
    expect(machine.result()).toMatchObject({ state: "gave-up", reason: expect.stringContaining("Access is denied") });
  });

  test("changes that no plan makes, in a document that somebody has planted", () => {
    const machine = new FakeBootedWindows();
    const key = "ControlSet001\\Services\\Spooler";
    const planted = (place: string) =>
      writeFileSync(
        place,
        formatFirstBootChanges({
          ...{ pintFirstBootChanges: 1, id: "0123456789abcdef0123456789abcdef", tool: "planted" },
          rounds: [
            {
              ...{ at: "2026-03-01T12:00:00.000Z", finished: false },
              changes: [
                {
                  kind: "set-value",
                  key,
                  name: "Start",
                  type: "REG_DWORD",
                  data: 2,
                  was: { type: "REG_DWORD", data: 4 },
                },
              ],
            },
          ],
        }),
      );
    planted(join(machine.folder, "first-boot-changes.json"));
    expect(failureOf(() => finish(machine))).toMatchObject({ exit: "refused", code: "foreign-changes" });
    // Where others may write, it is not read at all.
    rmSync(join(machine.folder, "first-boot-changes.json"));
    planted(machine.changesFile);
    expect(finish(machine)).toMatchObject({ exitCode: 0, result: { state: "finished" } });
    expect(readFileSync(machine.changesFile, "utf8")).not.toContain("planted");
  });

  test("no document; no Windows; WinPE", () => {
    const machine = new FakeBootedWindows();
    expect(failureOf(() => finish(machine, { document: join(machine.folder, "gone.json") }))).toMatchObject({
      exit: "noImage",
    });
    const { machine: _none, ...options } = optionsOf(machine);
    expect(failureOf(() => finishFirstBoot(options, SILENT))).toMatchObject({
      exit: "usage",
      code: "no-running-windows",
    });
    writeFileSync(join(machine.environment["SystemRoot"] ?? "", "System32", "wpeutil.exe"), "");
    expect(failureOf(() => finish(machine))).toMatchObject({ exit: "usage", code: "no-running-windows" });
    expect(machine.actions).toEqual([]);
  });
});

function addressText(key: Parameters<typeof readTexts>[0]): string {
  return JSON.stringify(readTexts(key, "IPAddress"));
}
