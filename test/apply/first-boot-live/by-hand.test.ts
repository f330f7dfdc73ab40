/** `pint firstboot` by hand, with a document that is named or without a service: nothing is counted, and nothing is given up. */
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Host } from "../../../src/image/host.ts";
import { SERVICE_KEY } from "../../../src/firstboot/service.ts";
import { failureOf } from "../../support/failures.ts";
import { keepingLists } from "../../support/first-boot.ts";
import { newFolder } from "../../support/folders.ts";
import { type BootedTraits, FakeBootedWindows, NEW } from "./booted-windows.ts";
import { addressesOf, CLEARED, finish, MOVED } from "./runs.ts";

const NEVER = { arrivesAfterMs: Number.POSITIVE_INFINITY };

/** As /proc/self/mountinfo has it. */
const NTFS_MOUNT = "22 1 8:1 / / rw,relatime - fuseblk /dev/sda1 rw";

const byHand = (machine: FakeBootedWindows, document = machine.documentFile) => finish(machine, { document });

function withoutService(traits: BootedTraits): FakeBootedWindows {
  const machine = new FakeBootedWindows(traits);
  machine.edit((edit) => edit.deleteKey(`ControlSet001\\${SERVICE_KEY}`));
  return machine;
}

test("beside the service: it has its attempts still, and a result and an event of this one", () => {
  const machine = new FakeBootedWindows(NEVER);
  expect(byHand(machine)).toMatchObject({
    exitCode: 27,
    result: { state: "waiting", removed: false, sources: [{ outcome: "arranged" }] },
  });
  expect(machine.result().reason).toMatch(/by hand, which counts as no attempt: the next start of Windows tries again/);
  expect(machine.events).toEqual([expect.stringContaining("/T WARNING")]);
  expect(machine.actions).not.toContain("reg add");
  expect(machine.service()).toMatchObject({ attempts: 0 });
  machine.restart({ arrivesAfterMs: 0 });
  expect(byHand(machine)).toMatchObject({ exitCode: 0, result: { state: "finished", removed: true } });
  machine.restart();
  expect([machine.service(), existsSync(machine.folder)]).toEqual([undefined, false]);
});

test("what the service has given up may be tried, with a copy of its document", () => {
  const machine = new FakeBootedWindows({ ...NEVER, document: (document) => ({ ...document, attempts: 1 }) });
  const copy = join(newFolder(), "first-boot.json");
  copyFileSync(machine.documentFile, copy);
  expect(finish(machine)).toMatchObject({ exitCode: 26, result: { state: "gave-up", removed: true } });
  machine.restart();
  expect(byHand(machine, copy)).toMatchObject({
    exitCode: 26,
    result: { state: "waiting", removed: false, sources: [{ outcome: "pending" }] },
  });
  expect(machine.result().reason).toContain("no service is there to try again");
  machine.restart({ arrivesAfterMs: 0 });
  expect(byHand(machine, copy)).toMatchObject({ exitCode: 0, result: { state: "finished" } });
  expect(addressesOf(machine, NEW)).toEqual(MOVED);
  machine.restart();
  expect([existsSync(machine.folder), existsSync(copy)]).toEqual([false, true]);
});

test("without a service nobody would take back what is half written: it is taken back at once", () => {
  const machine = withoutService({
    unwritable: (key, name) => key.toUpperCase().endsWith(NEW) && name === "SubnetMask",
  });
  expect(finish(machine)).toMatchObject({
    exitCode: 28,
    result: { state: "failed", removed: false, warnings: [expect.objectContaining({ code: "taken-back" })] },
  });
  expect(addressesOf(machine, NEW)).toEqual(CLEARED);
});

test("another computer's document is refused, and its service stays", () => {
  const machine = new FakeBootedWindows({ document: (document) => ({ ...document, computerName: "ELSEWHERE" }) });
  expect(failureOf(() => byHand(machine))).toMatchObject({ exit: "refused", code: "not-this-first-boot" });
  expect(machine.actions).toEqual([]);
});

test("where nothing is arranged it says so, and leaves nothing behind", () => {
  const machine = withoutService({});
  rmSync(dirname(machine.folder), { recursive: true });
  const failure = failureOf(() => finish(machine));
  expect(failure).toMatchObject({ exit: "noImage", code: "no-first-boot", at: machine.folder });
  expect(failure.message).toBe("No first boot is arranged in this Windows");
  expect(failure.advice).toContain("--document FILE");
  expect(existsSync(dirname(machine.folder))).toBe(false);
  expect(machine.actions).toEqual([]);
});

test("of several documents, and no service that says which, none is taken", () => {
  const machine = withoutService({});
  copyFileSync(machine.documentFile, join(machine.folder, `${"f".repeat(32)}.json`));
  const failure = failureOf(() => finish(machine));
  expect(failure).toMatchObject({ exit: "noImage", code: "no-first-boot" });
  expect(failure.message).toContain(`Several first-boot documents lie in ${machine.folder}, and no service says which`);
});

test.for([true, false])("a folder that it makes itself is closed before anything is put there; proven: %s", (sets) => {
  const { host, whyOpen } = keepingLists({ sets });
  const onNtfs: Host = { ...host, machine: { ...host.machine, readText: () => NTFS_MOUNT } };
  const open: (string | undefined)[] = [];
  const machine = withoutService({
    answer: (program, [verb]) => {
      if (program === "reg.exe" && verb === "save") open.push(whyOpen(machine.folder));
      return undefined;
    },
  });
  const copy = join(newFolder(), "first-boot.json");
  copyFileSync(machine.documentFile, copy);
  rmSync(machine.folder, { recursive: true });
  const { result } = finish(machine, { document: copy, host: onNtfs });
  expect(result.state).toBe("finished");
  expect(new Set(open.map((why) => why === undefined))).toEqual(new Set([sets]));
  const message = expect.stringMatching(/^it is not proven that only administrators may read .*first-boot: /);
  const told = expect.arrayContaining([{ code: "registry-copy", message }]);
  if (sets) expect(result.warnings).not.toEqual(told);
  else expect(result.warnings).toEqual(told);
});
