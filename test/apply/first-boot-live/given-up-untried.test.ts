/** Starts that could not even begin have given up for what an earlier one had begun to write: it is taken back all the same. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failureOf } from "../../support/failures.ts";
import { FakeBootedWindows, NEW, OLD } from "./booted-windows.ts";
import { addressesOf, CLEARED, finish } from "./runs.ts";

const IMPORT_OF_MOVES = 2;

test.for([0.5, 0.9])("at %s of the import", (part) => {
  const machine = new FakeBootedWindows();
  machine.cut = { action: IMPORT_OF_MOVES, part };
  expect(() => finish(machine)).toThrow(/before/);
  const lock = join(machine.folder, "lock");
  for (let attempt = 2; attempt <= 5; attempt++) {
    machine.restart();
    rmSync(lock, { recursive: true, force: true });
    mkdirSync(lock); // as long as it is there nothing can be begun
    expect(failureOf(() => finish(machine))).toMatchObject({ code: "lock-place-taken" });
  }
  expect(machine.result()).toMatchObject({ state: "gave-up", sources: [], removed: false });
  machine.restart();
  rmSync(lock, { recursive: true });
  const { exitCode, result } = finish(machine);
  expect({ exitCode, ...result }).toMatchObject({ exitCode: 26, state: "gave-up", removed: true });
  expect(result.warnings).toContainEqual(expect.objectContaining({ code: "taken-back" }));
  expect(addressesOf(machine, NEW)).toEqual(CLEARED);
  expect(addressesOf(machine, OLD)).toEqual({ isDhcp: false, addresses: ["10.20.30.40"] });
});

test("a machine that can neither remove nor disable it, with a clock that begins anew, is not restarted for ever", () => {
  const machine = new FakeBootedWindows({
    answer: (program) =>
      program === "sc.exe" ? { ended: true, status: 5, output: "", complaint: "Access is denied." } : undefined,
  });
  finish(machine);
  const { restarts } = machine;
  const { at } = machine.result();
  for (let start = 0; start < 3; start++) {
    machine.restart();
    // As if no time had passed since: the result looks like one of this start.
    Object.assign(machine, { systemStart: () => new Date(Date.parse(at ?? "") - 1000) });
    finish(machine);
  }
  expect(machine.restarts).toBe(restarts);
});
