/** `pint firstboot` by hand, with a document that is named or without a service: nothing is counted, and nothing is given up. */
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SERVICE_KEY } from "../../../src/firstboot/service.ts";
import { failureOf } from "../../support/failures.ts";
import { newFolder } from "../../support/folders.ts";
import { type BootedTraits, FakeBootedWindows, NEW } from "./booted-windows.ts";
import { addressesOf, CLEARED, finish, MOVED } from "./runs.ts";

const NEVER = { arrivesAfterMs: Number.POSITIVE_INFINITY };

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
