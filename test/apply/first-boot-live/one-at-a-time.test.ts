/** Two finishers at once, what an earlier one has left in the finisher's folder, and where its temporary files lie. */
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { lockFinisher } from "../../../src/apply/first-boot-live/lock-finisher.ts";
import type { Host } from "../../../src/image/host.ts";
import { failureOf } from "../../support/failures.ts";
import { newFolder } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { fakeClock } from "../../support/surroundings.ts";
import { listener } from "../support.ts";
import { FakeBootedWindows } from "./booted-windows.ts";
import { finish } from "./runs.ts";

/** Every number is some process's. */
const BUSY: Host = { ...LINUX, run: { ...LINUX.run, isRunning: () => true } };

const START = new Date("2026-03-02T08:00:00.000Z");
const before = new Date(START.getTime() - 1000);
const after = new Date(START.getTime() + 1000);

const later = new Date(START.getTime() + 86_400_000);

const textOf = (since: Date, host = "this Windows") =>
  JSON.stringify({ pintLock: 1, pid: process.pid + 1, host, since: since.toISOString() });

/** Locks a folder in which there is such a lock. */
function lockOver(text: string, changed: Date, host: Host) {
  const temporaryFolder = newFolder();
  const file = join(temporaryFolder, "lock");
  writeFileSync(file, text);
  utimesSync(file, changed, changed);
  const { events, emit } = listener();
  const clock = fakeClock(START);
  const lock = lockFinisher({ temporaryFolder, systemStart: () => START, clock }, host, emit);
  expect(lock).toMatchObject({ failure: undefined, notes: [] });
  expect(readFileSync(file, "utf8")).toContain(`"pid":${process.pid},`);
  lock.release();
  expect(existsSync(file)).toBe(false);
  return events;
}

test.for<[string, string, Date, Host, RegExp]>([
  ["of a process that is no more", textOf(after), after, LINUX, /it runs no more/],
  ["of an earlier start, its number given anew", textOf(before), before, BUSY, /has started since/],
  ["cut while it was written", '{"pintLock":1,', before, BUSY, /left by a run, .*does not say whose it is/],
  ["cut before, by a clock that was ahead", "", later, BUSY, /left by a run, .*does not say whose it is/],
  ["of another machine, and none comes here", textOf(after, "there"), after, BUSY, /does not say whose it is/],
])("a lock is taken over: %s", ([, text, changed, host, words]) => {
  expect(lockOver(text, changed, host)).toEqual([{ kind: "noted", message: expect.stringMatching(words) }]);
});

test("a lock of a process of this start of Windows is respected", () => {
  const failure = failureOf(() => lockOver(textOf(after), after, BUSY));
  expect(failure).toMatchObject({ exit: "refused", code: "in-use" });
  expect(failure.message).toContain("at work on the first boot of this Windows");
});

test("while another is at work nothing is counted, written or told", () => {
  const machine = new FakeBootedWindows();
  writeFileSync(join(machine.folder, "lock"), textOf(machine.clock.now()));
  expect(failureOf(() => finish(machine, { host: BUSY }))).toMatchObject({ exit: "refused", code: "in-use" });
  expect([machine.actions, existsSync(machine.resultFile)]).toEqual([[], false]);
  expect(existsSync(join(machine.folder, "lock"))).toBe(true);
});

test("one that is just being written is respected", () => {
  const machine = new FakeBootedWindows();
  const file = join(machine.folder, "lock");
  writeFileSync(file, "");
  const { sleep } = machine.clock;
  machine.clock.sleep = (timeMs) => {
    writeFileSync(file, textOf(machine.clock.now()));
    sleep(timeMs);
  };
  expect(failureOf(() => finish(machine, { host: BUSY }))).toMatchObject({ exit: "refused", code: "in-use" });
  expect(machine.actions).toEqual([]);
});

test("a folder in the place of the lock: every start is counted and told, and the last disables the service", () => {
  const machine = new FakeBootedWindows();
  mkdirSync(join(machine.folder, "lock"));
  for (let attempt = 1; attempt <= 5; attempt++) {
    expect(failureOf(() => finish(machine))).toMatchObject({ exit: "refused", code: "lock-place-taken" });
    expect(machine.result()).toMatchObject({ state: attempt < 5 ? "failed" : "gave-up", attempt });
    expect(machine.actions.includes("sc config")).toBe(attempt === 5);
    machine.restart();
  }
  expect(machine.events).toHaveLength(5);
});

test("where there can be no lock, the start is counted and told", () => {
  const machine = new FakeBootedWindows();
  rmSync(machine.folder, { recursive: true });
  writeFileSync(machine.folder, "");
  expect(failureOf(() => finish(machine))).toMatchObject({ exit: "refused", code: "place-is-no-folder" });
  expect(machine.actions.slice(0, 1)).toEqual(["reg add"]);
  expect(machine.events).toEqual([expect.stringContaining("/T ERROR")]);
});

test("what a cut has left goes, at the next start or with the folder; nothing lies where everybody may write", () => {
  const files: string[] = [];
  const machine = new FakeBootedWindows({
    answer: (program, [verb = "", key = "", file = key]) => {
      if (program === "reg.exe" && (verb === "save" || verb === "import")) files.push(file);
      return undefined;
    },
  });
  const left = [join(machine.folder, "pint-inventory-cut", "SYSTEM"), join(machine.folder, "other", "deep", "file")];
  for (const file of left) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }
  finish(machine);
  expect(left.map((file) => existsSync(file))).toEqual([false, true]);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expect(dirname(dirname(file))).toBe(machine.folder);
  machine.restart();
  expect(existsSync(machine.folder)).toBe(false);
});
