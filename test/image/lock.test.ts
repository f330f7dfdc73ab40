/** One run at a time: who is kept out, what a dead run's lock does, and that no trace of a lock stays. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import fs from "fs-extra";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Host } from "../../src/image/host.ts";
import { locateImage } from "../../src/image/locate.ts";
import { type HeldLock, lockImage } from "../../src/image/lock.ts";
import { lockPlaceOf } from "../../src/image/places.ts";
import { failureOf } from "../support/failures.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX } from "../support/hosts.ts";

/** Runs 100 and 200 of one machine are alive. */
function run(pid: number, hostName = "here"): Host {
  return { ...LINUX, run: { pid, hostName, isRunning: (other) => other === 100 || other === 200 } };
}

function lock(file: string, host = run(100)): HeldLock {
  const made = lockImage(file, host);
  onTestFinished(() => made.release());
  return made;
}

const place = (): string => join(newFolder(), "PINT", "lock");

function left(file: string, holder: object): string {
  mkdirSync(dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ pintLock: 1, since: "2026-01-02T03:04:05.000Z", ...holder }));
  return readFileSync(file, "utf8");
}

test("it says who holds it, and leaves neither itself nor its folder", () => {
  const file = place();
  const held = lock(file);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    pintLock: 1,
    pid: 100,
    host: "here",
    since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
  expect([held.warnings, held.isHeld()]).toEqual([[], true]);
  held.release();
  expect(existsSync(dirname(file))).toBe(false);
  expect(held.isHeld()).toBe(false);
  held.release();
});

test("a folder that was there stays, and so does one that something was put into", () => {
  const file = place();
  const first = lock(file);
  writeFileIn(dirname(file), "receipts/one.json");
  first.release();
  expect(readdirSync(dirname(file))).toEqual(["receipts"]);
  rmSync(join(dirname(file), "receipts"), { recursive: true });
  lock(file).release();
  expect(existsSync(dirname(file))).toBe(true);
});

describe("another run is kept out, and told by whom", () => {
  test("of the same machine", () => {
    const file = place();
    const held = lock(file);
    const failure = failureOf(() => lockImage(file, run(200)));
    expect(failure).toMatchObject({ exit: "refused", exitCode: 24, code: "in-use", at: file });
    expect(failure.message).toMatch(/process 100 on this machine, since \d{4}-/);
    expect(failure.advice).toContain("delete this file");
    expect(held.isHeld()).toBe(true);
    held.release();
    expect(lock(file, run(200)).isHeld()).toBe(true);
  });

  test("of another machine, even if no process here has its number", () => {
    const file = place();
    const text = left(file, { pid: 7, host: "there" });
    const failure = failureOf(() => lockImage(file, run(100)));
    expect(failure).toMatchObject({ exit: "refused", code: "in-use" });
    expect(failure.message).toContain("process 7 on the machine there, since 2026-01-02T03:04:05.000Z");
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test.each<[string, (file: string) => void]>([
    ["an empty file", (file) => fs.writeFileSync(file, "")],
    ["half of a lock", (file) => fs.writeFileSync(file, '{"pintLock":1,"pid":1')],
    ["a list", (file) => fs.writeFileSync(file, "[]")],
    ["null", (file) => fs.writeFileSync(file, "null")],
    ["all processes", (file) => left(file, { pid: 0, host: "here" })],
    ["a group of processes", (file) => left(file, { pid: -7, host: "here" })],
    ["a time that is none", (file) => left(file, { pid: 7, host: "here", since: "today" })],
    ["a huge file", (file) => fs.writeFileSync(file, " ".repeat(1_000_000))],
    ["a folder", (file) => mkdirSync(file)],
    ["a pipe", makePipe],
    ["a link to a dead run's lock", (file) => symlinkSync(join(dirname(file), "dead"), file)],
    ["a link that leads nowhere", (file) => symlinkSync("gone", file)],
  ])("by what does not say whose it is: %s", (_what, make) => {
    const file = place();
    left(join(dirname(file), "dead"), { pid: 7, host: "here" });
    make(file);
    const before = readdirSync(dirname(file));
    expect(failureOf(() => lockImage(file, run(100)))).toMatchObject({ exit: "refused", code: "in-use", at: file });
    expect(readdirSync(dirname(file))).toEqual(before);
  });
});

describe("a dead run does not block for ever", () => {
  test.each([
    ["its process is gone", 7, "it runs no more"],
    ["this process has its number", 100, "this process has its number now"],
  ])("%s", (_what, pid, words) => {
    const file = place();
    left(file, { pid, host: "here" });
    const held = lock(file, run(100));
    expect(held.warnings).toEqual([{ code: "stale-lock", message: expect.stringContaining(words) }]);
    expect(held.warnings[0]?.message).toContain(`process ${pid} of 2026-01-02T03:04:05.000Z`);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ pid: 100 });
    expect(readdirSync(dirname(file))).toEqual(["lock"]);
  });

  test("of two that find it, the slower one does not take the other's new lock away", () => {
    const file = place();
    left(file, { pid: 7, host: "here" });
    let quicker: HeldLock | undefined;
    const { renameSync } = fs;
    const spy = vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      spy.mockImplementation(renameSync);
      quicker = lock(file, run(200)); // between the look at the dead run's lock and its removal
      renameSync(from, to);
    });
    onTestFinished(() => spy.mockRestore());
    const failure = failureOf(() => lockImage(file, run(100)));
    expect(failure).toMatchObject({ code: "in-use", message: expect.stringContaining("process 200") });
    expect(quicker?.isHeld()).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(["lock"]);
  });

  test("one that ends between two looks is no obstacle", () => {
    const file = place();
    const first = lock(file, run(200));
    const { openSync } = fs;
    const spy = vi.spyOn(fs, "openSync").mockImplementationOnce((path, flags, mode) => {
      try {
        return openSync(path, flags, mode);
      } finally {
        first.release();
      }
    });
    onTestFinished(() => spy.mockRestore());
    expect(lock(file, run(100)).isHeld()).toBe(true);
  });
});

test("whoever takes it away is noticed, and keeps what he put there", () => {
  const file = place();
  const held = lock(file);
  unlinkSync(file);
  expect(held.isHeld()).toBe(false);
  const other = lock(file, run(200));
  expect([held.isHeld(), other.isHeld()]).toEqual([false, true]);
  held.release();
  expect(other.isHeld()).toBe(true);
});

describe("what the system says", () => {
  test.each([
    ["EROFS", "openSync", "refused", "read-only"],
    ["EACCES", "openSync", "refused", "read-only"],
    ["ENOSPC", "openSync", "writeFailed", "lock-not-written"],
    ["EACCES", "mkdirSync", "refused", "read-only"],
    ["EIO", "fsyncSync", "writeFailed", "lock-not-written"],
  ] as const)("%s of %s", (code, call, exit, name) => {
    const file = place();
    const spy = vi.spyOn(fs, call).mockImplementation(() => {
      throw Object.assign(new Error(code), { code, syscall: call });
    });
    onTestFinished(() => spy.mockRestore());
    expect(failureOf(() => lockImage(file, LINUX))).toMatchObject({ exit, code: name, at: file });
    expect(existsSync(dirname(file))).toBe(false);
  });

  test("a full volume that takes the name and no text: others are kept out all the same", () => {
    const file = place();
    const spy = vi.spyOn(fs, "writeFileSync").mockImplementation(() => {
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    });
    onTestFinished(() => spy.mockRestore());
    const held = lock(file);
    expect(held.isHeld()).toBe(true);
    expect(failureOf(() => lockImage(file, run(200))).code).toBe("in-use");
  });

  test("a file where the folder should be", () => {
    const file = place();
    const folder = writeFileIn(dirname(dirname(file)), "PINT", "mine");
    expect(failureOf(() => lockImage(file, LINUX))).toMatchObject({
      exit: "refused",
      code: "place-is-no-folder",
      at: folder,
    });
  });
});

describe("where it is", () => {
  test("one for a hive in its place, whether the volume was named or the hive", () => {
    const root = newFolder();
    const hive = writeFileIn(root, "WINDOWS/system32/config/system");
    const places = (): string[] => [root, hive].map((named) => lockPlaceOf(locateImage(named, LINUX)));
    expect(places()).toEqual(Array(2).fill(join(root, "WINDOWS", "PINT", "lock")));
    writeFileIn(root, "WINDOWS/Pint/Lock");
    expect(places()).toEqual(Array(2).fill(join(root, "WINDOWS", "Pint", "Lock")));
  });

  test("beside any other hive", () => {
    const hive = writeFileIn(newFolder(), "copy");
    expect(lockPlaceOf(locateImage(hive, LINUX))).toBe(`${hive}.pint-lock`);
  });
});
