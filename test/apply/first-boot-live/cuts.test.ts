/** The power goes at every action of a run, and in the middle of writing the registry: the next starts of Windows end as if it had not. */
import { existsSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { finishFirstBoot } from "../../../src/apply/first-boot-live/finish-first-boot.ts";
import type { Host } from "../../../src/image/host.ts";
import type { Key } from "../../../src/regf/index.ts";
import { toHex } from "../../../src/bytes/hex.ts";
import { LINUX } from "../../support/hosts.ts";
import { SILENT } from "../support.ts";
import { type Cut, FakeBootedWindows } from "./booted-windows.ts";

/** Of a run without a cut, as finish.test.ts lists them. */
const ACTIONS = 11;
const IMPORT_OF_MOVES = 2;

/** Every number is some process's, that of the finisher which was cut too. */
const BUSY: Host = { ...LINUX, run: { ...LINUX.run, isRunning: () => true } };

/** A run that is cut may end in any way: nothing is done any more. */
function start(machine: FakeBootedWindows): void {
  try {
    finishFirstBoot(
      { host: BUSY, clock: machine.clock, machine, waitMs: 60_000, restart: true, tool: "pint-offline test" },
      SILENT,
    );
  } catch (error) {
    if (!machine.isOff) throw error;
  }
}

/** Everything that stands in the registry, a line for each value. */
function registryOf(machine: FakeBootedWindows): readonly string[] {
  const lines = (key: Key): string[] => [
    ...[...key.values()].map(({ name, type, data }) => `${key.path}\\${name} ${type} ${toHex(data)}`),
    ...[...key.subkeys()].flatMap(lines),
  ];
  return machine.look(lines).toSorted();
}

function withoutCuts(): readonly string[] {
  const machine = new FakeBootedWindows();
  start(machine);
  expect(machine.actions).toHaveLength(ACTIONS);
  machine.restart();
  return registryOf(machine);
}

function withCuts(cuts: readonly Cut[]): FakeBootedWindows {
  const machine = new FakeBootedWindows();
  for (const cut of cuts) {
    if (machine.service() === undefined) break; // nothing starts it any more
    machine.cut = cut;
    start(machine);
    machine.restart();
  }
  // Windows starts the service while there is one.
  for (let starts = 0; machine.service() !== undefined && starts < 3; starts++) {
    start(machine);
    machine.restart();
  }
  return machine;
}

/** The cut itself is a start of Windows: there is never a restart too many. */
function expectEnd(machine: FakeBootedWindows, expected: readonly string[]): void {
  expect(registryOf(machine)).toEqual(expected);
  expect(machine.result()).toMatchObject({ state: "finished", removed: true });
  expect(machine.restarts).toBeLessThanOrEqual(1);
  expect(machine.events.at(-1)).toContain("/T INFORMATION");
}

test("at every action, once", () => {
  const expected = withoutCuts();
  for (let action = 0; action <= ACTIONS; action++) {
    const machine = withCuts([{ action }]);
    expectEnd(machine, expected);
    // Between the service and the files there is a moment: files without a service do nothing.
    expect(existsSync(machine.folder), `files after a cut before action ${action}`).toBe(action === ACTIONS - 1);
  }
});

test("in the middle of writing the registry, again and again", () => {
  const expected = withoutCuts();
  const cut = fc.record({
    action: fc.oneof(fc.constant(IMPORT_OF_MOVES), fc.nat(ACTIONS)),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => expectEnd(withCuts(cuts), expected)),
    { numRuns: 6 },
  );
});
