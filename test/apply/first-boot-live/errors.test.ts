/** Errors that nobody expects, and a finisher that is killed: each start is counted and told, and a move that is made gets its restart and its end. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { formatFirstBootResult, parseFirstBootResult } from "../../../src/firstboot/result.ts";
import { failureOf } from "../../support/failures.ts";
import { FakeBootedWindows, NEW } from "./booted-windows.ts";
import { addressesOf, finish, MOVED } from "./runs.ts";

/** Of a run without a cut, as finish.test.ts lists them. */
const SHUTDOWN = 7;

const systemError = (code: string) => Object.assign(new Error(code), { code, syscall: "open" });

const inFolder = (machine: FakeBootedWindows) => join(machine.folder, "first-boot-result.json");

const workingResult = (machine: FakeBootedWindows) =>
  parseFirstBootResult(readFileSync(inFolder(machine)), inFolder(machine));

test.for<[string, (machine: FakeBootedWindows) => void, RegExp]>([
  [
    "a folder is in its place",
    (machine) => mkdirSync(machine.resultFile),
    /first-boot-result\.json .*folder \(EISDIR\)/,
  ],
  [
    "the system does not permit it",
    (machine) => {
      const save = machine.save.bind(machine);
      machine.save = (file, text) => {
        if (dirname(file) !== machine.folder) throw systemError("EPERM");
        save(file, text);
      };
    },
    /first-boot-changes\.json could not be written: .*\(EPERM\)/,
  ],
])("a copy that cannot be published costs neither restart nor removal: %s", ([, make, words]) => {
  const machine = new FakeBootedWindows();
  make(machine);
  const { exitCode, result, warnings } = finish(machine);
  expect([exitCode, result.state, result.removed, machine.restarts]).toEqual([0, "finished", true, 1]);
  expect(warnings).toContainEqual({ code: "not-published", message: expect.stringMatching(words) });
  expect(workingResult(machine)).toMatchObject({ state: "finished", warnings });
  expect(machine.events).toEqual([expect.stringMatching(/\/T WARNING .*could not be written: .*finished: /)]);
  machine.restart();
  expect(machine.service()).toBeUndefined();
});

test("a fault of the program: every start has its count, event and result, and there is an end to them", () => {
  const machine = new FakeBootedWindows();
  const fault = new TypeError("it is undefined");
  machine.freeBytes = () => {
    throw fault;
  };
  for (let attempt = 1; attempt <= 5; attempt++) {
    const failure = failureOf(() => finish(machine));
    expect(failure).toMatchObject({ exit: "internal", code: "internal-error", cause: fault });
    expect(machine.result()).toMatchObject({ state: attempt < 5 ? "failed" : "gave-up", attempt });
    expect(machine.actions.includes("sc config")).toBe(attempt === 5);
    machine.restart();
  }
  expect(machine.events).toHaveLength(5);
  expect(machine.events[0]).toMatch(/\/T ERROR .*fault of pint, .*it is undefined/);
});

test("an error of the system within the attempt is that attempt's failure", () => {
  const machine = new FakeBootedWindows({
    answer: (program, [verb]) => {
      if (program === "reg.exe" && verb === "import") throw systemError("ENOSPC");
      return undefined;
    },
  });
  expect(finish(machine)).toMatchObject({
    exitCode: 28,
    result: { state: "failed", attempt: 1, removed: false, reason: expect.stringContaining("the volume is full") },
  });
  machine.restart({ answer: undefined });
  expect(finish(machine)).toMatchObject({ exitCode: 0, result: { state: "finished", attempt: 2 } });
  expect(addressesOf(machine, NEW)).toEqual(MOVED);
});

test("where reg.exe cannot be run the start cannot be counted, and is the last", () => {
  const machine = new FakeBootedWindows({
    answer: (program) =>
      program === "reg.exe" ? { ended: false, why: "timed-out", reason: "had not ended after 60 seconds" } : undefined,
  });
  expect(failureOf(() => finish(machine))).toMatchObject({ exit: "writeFailed", code: "registry-not-written" });
  expect(machine.actions).toEqual(["sc config", "eventcreate"]);
});

function killedAtShutdown(): FakeBootedWindows {
  const machine = new FakeBootedWindows();
  machine.cut = { action: SHUTDOWN };
  expect(() => finish(machine)).toThrow(/before/);
  expect([workingResult(machine).state, machine.restarts]).toEqual(["finished", 0]);
  machine.goOn();
  return machine;
}

test("killed before the restart, and run again in the same Windows: it restarts", () => {
  const machine = killedAtShutdown();
  expect(finish(machine)).toMatchObject({ exitCode: 0, result: { state: "finished", removed: true } });
  expect(machine.restarts).toBe(1);
  expect(machine.actions.slice(-4).map((action) => action.replace(/ \d+$/, ""))).toEqual([
    ...["shutdown", "eventcreate", "sc delete", "reg import"],
  ]);
  expect(machine.events).toEqual([expect.stringMatching(/\/T INFORMATION .*\(an earlier run came to that/)]);
});

test("the same with --no-restart says that one is needed", () => {
  const machine = killedAtShutdown();
  const { warnings } = finish(machine, { restart: false });
  expect(warnings).toContainEqual(expect.objectContaining({ code: "restart-needed" }));
  expect([machine.restarts, machine.events]).toEqual([0, [expect.stringContaining("/T WARNING")]]);
});

test("a result of a time to come was told by another clock: no restart", () => {
  const machine = killedAtShutdown();
  const at = new Date(machine.clock.now().getTime() + 86_400_000).toISOString();
  writeFileSync(inFolder(machine), formatFirstBootResult({ ...workingResult(machine), at }));
  expect(finish(machine)).toMatchObject({ exitCode: 0, result: { state: "finished", removed: true } });
  expect(machine.restarts).toBe(0);
});
