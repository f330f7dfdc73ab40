/** Two finishers at once, what an earlier one has left in the finisher's folder, and where its temporary files lie. */
import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { lockFinisher } from "../../../src/apply/first-boot-live/lock-finisher.ts";
import type { Host } from "../../../src/image/host.ts";
import { failureOf } from "../../support/failures.ts";
import { newFolder } from "../../support/folders.ts";
import { LINUX } from "../../support/hosts.ts";
import { listener } from "../support.ts";
import { FakeBootedWindows } from "./booted-windows.ts";
import { finish } from "./runs.ts";

/** Every number is some process's. */
const BUSY: Host = { ...LINUX, run: { ...LINUX.run, isRunning: () => true } };

const START = new Date("2026-03-02T08:00:00.000Z");
const before = new Date(START.getTime() - 1000);
const after = new Date(START.getTime() + 1000);

const textOf = (since: Date) =>
  JSON.stringify({ pintLock: 1, pid: process.pid + 1, host: "this Windows", since: since.toISOString() });

/** Locks a folder in which there is such a lock. */
function lockOver(text: string, changed: Date, host: Host) {
  const temporaryFolder = newFolder();
  const file = join(temporaryFolder, "lock");
  writeFileSync(file, text);
  utimesSync(file, changed, changed);
  const { events, emit } = listener();
  const lock = lockFinisher({ temporaryFolder, systemStart: () => START }, host, emit);
  expect(readFileSync(file, "utf8")).toContain(`"pid":${process.pid},`);
  lock.release();
  expect(existsSync(file)).toBe(false);
  return events;
}

test.for<[string, string, Date, Host, RegExp]>([
  ["of a process that is no more", textOf(after), after, LINUX, /it runs no more/],
  ["of an earlier start, its number given anew", textOf(before), before, BUSY, /has started since/],
  [
    "of an earlier start, cut while it was written",
    '{"pintLock":1,',
    before,
    BUSY,
    /left by a run, .*has started since/,
  ],
])("a lock is taken over: %s", ([, text, changed, host, words]) => {
  expect(lockOver(text, changed, host)).toEqual([{ kind: "noted", message: expect.stringMatching(words) }]);
});

test.for<[string, string]>([
  ["of a process", textOf(after)],
  ["that does not say whose it is", ""],
])("a lock of this start of Windows is respected: %s", ([, text]) => {
  const failure = failureOf(() => lockOver(text, after, BUSY));
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
