/** An open image: which files it takes, what it refuses, and that it notices when somebody else writes to them. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import fs from "fs-extra";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { fixtureHive } from "../../scripts/fixtures.ts";
import { findLogs } from "../../src/image/hive-files.ts";
import { type ImageSession, openImage } from "../../src/image/session.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX, windowsHost } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";

function open(path: string, access: "read" | "read-write" = "read", host = LINUX): ImageSession {
  const session = openImage(path, { access, force: [], host });
  onTestFinished(() => session.close());
  return session;
}

function hiveIn(folder: string, name = "SYSTEM"): string {
  return writeFileIn(folder, name, fixtureHive("moved-windows-10"));
}

describe("logs", () => {
  test("LOG1 and LOG2 in this order, in any case; an old .LOG beside them does not count", () => {
    const folder = newFolder();
    const hive = hiveIn(folder);
    const two = writeFileIn(folder, "system.log2");
    expect(findLogs(hive)).toEqual([two]);
    const one = writeFileIn(folder, "SYSTEM.Log1");
    writeFileIn(folder, "SYSTEM.LOG");
    expect(findLogs(hive)).toEqual([one, two]);
  });

  test("two spellings of one log are refused", () => {
    const folder = newFolder();
    const hive = hiveIn(folder);
    for (const name of ["SYSTEM.LOG1", "system.log1"]) {
      writeFileIn(folder, name);
    }
    expect(failureOf(() => open(hive))).toMatchObject({ exit: "noImage", code: "ambiguous-name", at: folder });
  });

  test("a .LOG alone, as Windows XP has it", () => {
    const folder = newFolder();
    const hive = hiveIn(folder);
    const log = writeFileIn(folder, "System.log");
    expect(findLogs(hive)).toEqual([log]);
  });

  test.each<[string, (log: string, folder: string) => void]>([
    ["a link out of the folder", (log) => symlinkSync(writeFileIn(newFolder(), "other.LOG1"), log)],
    ["a link to a log beside it", (log, folder) => symlinkSync(writeFileIn(folder, "other.LOG1"), log)],
    ["a link that leads nowhere", (log) => symlinkSync("gone", log)],
    ["a folder", (log) => mkdirSync(log)],
  ])("what is no file is refused, not written through: %s", (_what, make) => {
    const folder = newFolder();
    const hive = hiveIn(folder);
    make(join(folder, "SYSTEM.LOG1"), folder);
    const failure = failureOf(() => open(hive, "read-write"));
    expect(failure).toMatchObject({ exit: "refused", code: "log-is-no-file", at: join(folder, "SYSTEM.LOG1") });
  });
});

describe("opening", () => {
  test("tells the hash of the file, and opens nothing for writing that is only read", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const opened: string[] = [];
    const { openSync } = fs;
    const spy = vi.spyOn(fs, "openSync").mockImplementation((path, flags, mode) => {
      opened.push(`${flags} ${basename(String(path))}`);
      return openSync(path, flags, mode);
    });
    onTestFinished(() => spy.mockRestore());
    const session = open(root);
    expect(session.hiveSha256).toBe(session.presentSha256());
    expect(session.hive.root.open("ControlSet001")?.name).toBe("ControlSet001");
    expect(opened).toEqual(["r SYSTEM", "r SYSTEM.LOG1", "r SYSTEM.LOG2"]);
    expect(readFileSync(hive)).toEqual(Buffer.from(fixtureHive("moved-windows-10")));
  });

  test("for writing opens every file so at once: a read-only volume is refused before anything is read", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const { openSync } = fs;
    const spy = vi.spyOn(fs, "openSync").mockImplementation((path, flags, mode) => {
      if (flags === "r+") throw Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS" });
      return openSync(path, flags, mode);
    });
    onTestFinished(() => spy.mockRestore());
    expect(failureOf(() => open(root, "read-write"))).toMatchObject({ exit: "refused", code: "read-only", at: hive });
    expect(open(root).hive.recovery.dirty).toBe(false);
  });

  test("never opens the running Windows for writing", () => {
    const { root } = phonyImage("moved-windows-10");
    const host = windowsHost(join(root, "Windows"));
    expect(failureOf(() => open(root, "read-write", host))).toMatchObject({ exit: "refused", code: "running-windows" });
    expect(open(root, "read", host).evidence.runningWindows).toContain("running");
  });

  test("says of a running Windows whose hive is locked that it is running, of another locked hive that it is in use", () => {
    const { root } = phonyImage("moved-windows-10");
    const spy = vi.spyOn(fs, "openSync").mockImplementation(() => {
      throw Object.assign(new Error("EBUSY: resource busy or locked"), { code: "EBUSY" });
    });
    onTestFinished(() => spy.mockRestore());
    const host = windowsHost(join(root, "Windows"));
    expect(failureOf(() => open(root, "read", host))).toMatchObject({ exit: "refused", code: "running-windows" });
    expect(failureOf(() => open(root))).toMatchObject({ exit: "refused", code: "in-use" });
  });

  test.each([
    ["an empty file", "", "empty-file"],
    ["a text", "hello", "not-a-hive"],
    [".reg text", "Windows Registry Editor Version 5.00\r\n", "reg-text"],
    ["a WIM", "MSWIM\0\0\0", "wim-not-supported"],
    ["a VHDX", "vhdxfile", "disk-image-not-supported"],
    ["random bytes", new Uint8Array(9000).fill(0x81), "not-a-hive"],
  ])("%s that was named is no image (21)", (_what, content, code) => {
    const file = writeFileIn(newFolder(), "image", content);
    expect(failureOf(() => open(file))).toMatchObject({
      exit: "noImage",
      code,
      at: `${file}: byte offset 0`,
      advice: expect.any(String),
    });
  });

  test("the log of a hive that was named is no image", () => {
    const file = writeFileIn(
      newFolder(),
      "SYSTEM.LOG1",
      Buffer.from(`regf${"\0".repeat(24)}\x06${"\0".repeat(5000)}`, "latin1"),
    );
    expect(failureOf(() => open(file))).toMatchObject({ exit: "noImage", code: "hive-log" });
  });

  test("an empty or overwritten SYSTEM hive in a volume is damaged (23): there is a Windows", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    truncateSync(hive);
    expect(failureOf(() => open(root))).toMatchObject({ exit: "hiveDamaged", code: "empty-file" });
    writeFileSync(hive, "text");
    expect(failureOf(() => open(root))).toMatchObject({ exit: "hiveDamaged", code: "not-a-hive" });
  });

  test("a truncated hive is damaged", () => {
    const hive = hiveIn(newFolder());
    truncateSync(hive, 20_000);
    expect(failureOf(() => open(hive))).toMatchObject({ exit: "hiveDamaged", code: "truncated" });
  });

  test("files are closed when opening fails", () => {
    const hive = hiveIn(newFolder());
    truncateSync(hive, 20_000);
    const opened = vi.spyOn(fs, "openSync");
    const closed = vi.spyOn(fs, "closeSync");
    onTestFinished(() => void vi.restoreAllMocks());
    failureOf(() => open(hive, "read-write"));
    expect(opened.mock.results.map(({ value }) => value).length).toBeGreaterThan(0);
    expect(closed.mock.calls.map(([descriptor]) => descriptor).sort()).toEqual(
      opened.mock.results.map(({ value }) => value).sort(),
    );
  });
});

describe("what is refused before it is read as a whole", () => {
  /** Fails when anything is hashed or held whole: the files here have holes of gigabytes. */
  const refusal = (image: string, access: "read" | "read-write" = "read") => {
    const spy = vi.spyOn(fs, "readSync");
    onTestFinished(() => spy.mockRestore());
    const failure = failureOf(() => open(image, access));
    expect(spy.mock.calls.length).toBeLessThan(20);
    return failure;
  };
  const GIBIBYTE = 2 ** 30;

  test.each(["SYSTEM", "SYSTEM.LOG1"])("more than 2 GiB: %s", (name) => {
    const { root, hive } = phonyImage("moved-windows-10");
    const large = join(hive, "..", name);
    truncateSync(large, 2 * GIBIBYTE + 1);
    for (const access of ["read", "read-write"] as const) {
      const failure = refusal(root, access);
      expect(failure).toMatchObject({ exit: "hiveDamaged", exitCode: 23, code: "too-large", at: large });
      expect(failure.message).toContain("2 GiB");
    }
  });

  test("a header that no hive can have", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const bytes = readFileSync(hive);
    bytes.fill(0xff, 0, 512).write("regf", 0, "latin1");
    writeFileSync(hive, bytes);
    truncateSync(hive, GIBIBYTE);
    expect(refusal(root)).toMatchObject({ exit: "hiveDamaged" });
  });
});

describe("one run at a time", () => {
  const other = { ...LINUX, run: { pid: LINUX.run.pid + 1, hostName: LINUX.run.hostName, isRunning: () => true } };

  test("a second one is refused before it looks, whichever way the image is named; looking is always possible", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const first = open(root, "read-write");
    for (const named of [root, hive]) {
      expect(failureOf(() => open(named, "read-write", other))).toMatchObject({ exit: "refused", code: "in-use" });
      open(named, "read", other);
    }
    first.close();
    const second = open(hive, "read-write", other);
    expect(
      failureOf(() => open(root, "read-write", { ...LINUX, run: { ...LINUX.run, isRunning: () => true } })).code,
    ).toBe("in-use");
    second.close();
  });

  test("a run whose lock was taken away does not write", () => {
    const hive = hiveIn(newFolder());
    const opened = open(hive, "read-write");
    rmSync(`${hive}.pint-lock`);
    expect(failureOf(() => opened.assertUnchanged())).toMatchObject({
      exit: "writeFailed",
      code: "changed-meanwhile",
      at: `${hive}.pint-lock`,
    });
  });

  test.each<[string, (hive: string) => void]>([
    ["no hive", (hive) => writeFileSync(hive, "text")],
    ["a truncated hive", (hive) => truncateSync(hive, 20_000)],
    ["a log that is a folder", (hive) => mkdirSync(`${hive}.LOG1`)],
  ])("what is refused keeps no lock: %s", (_what, spoil) => {
    const folder = newFolder();
    const hive = hiveIn(folder);
    spoil(hive);
    const before = readdirSync(folder);
    failureOf(() => open(hive, "read-write"));
    expect(readdirSync(folder)).toEqual(before);
  });
});

test("a hive without logs, in a folder where none can be made, is not opened for writing", () => {
  const folder = newFolder();
  const hive = hiveIn(folder);
  const spy = vi.spyOn(fs, "accessSync").mockImplementation(() => {
    throw Object.assign(new Error("EACCES"), { code: "EACCES" });
  });
  onTestFinished(() => spy.mockRestore());
  expect(failureOf(() => open(hive, "read-write"))).toMatchObject({ exit: "refused", code: "read-only", at: folder });
  open(hive);
  writeFileIn(folder, "SYSTEM.LOG2");
  open(hive, "read-write");
});

describe("another program's writes are noticed", () => {
  const session = (): { folder: string; hive: string; opened: ImageSession } => {
    const folder = newFolder();
    const hive = hiveIn(folder);
    writeFileIn(folder, "SYSTEM.LOG1", new Uint8Array(512));
    return { folder, hive, opened: open(hive, "read-write") };
  };

  test("nothing is noticed when nothing happened", () => {
    const { opened } = session();
    expect(() => opened.assertUnchanged()).not.toThrow();
  });

  test.each<[string, string, (hive: string, folder: string) => void]>([
    ["it grew", "size", (hive) => appendFileSync(hive, "x")],
    ["a log grew", "size", (hive) => appendFileSync(`${hive}.LOG1`, "x")],
    [
      "the same size, another content, the same time",
      "content",
      (hive) => {
        const { atime, mtime } = fs.statSync(hive);
        const bytes = readFileSync(hive);
        bytes[9000] = (bytes[9000] ?? 0) ^ 1;
        writeFileSync(hive, bytes);
        utimesSync(hive, atime, mtime);
      },
    ],
    ["the same content was written again", "written again", (hive) => utimesSync(hive, 1, 1)],
    [
      "another file took its name",
      "another file",
      (hive, folder) => {
        copyFileSync(hive, join(folder, "copy"));
        renameSync(join(folder, "copy"), hive);
      },
    ],
    ["a log appeared", "appeared", (hive) => writeFileSync(`${hive}.LOG2`, "")],
    ["a log went", "went", (hive) => rmSync(`${hive}.LOG1`)],
  ])("%s", (_what, words, write) => {
    const { folder, hive, opened } = session();
    write(hive, folder);
    const failure = failureOf(() => opened.assertUnchanged());
    expect(failure).toMatchObject({ exit: "writeFailed", code: "changed-meanwhile" });
    expect(failure.message).toContain(words);
  });
});

test("a log is only created where there is none", () => {
  const folder = newFolder();
  const opened = open(hiveIn(folder), "read-write");
  const log = opened.createLog(".LOG1");
  expect([log.name, log.size()]).toEqual([join(folder, "SYSTEM.LOG1"), 0]);
  expect(() => opened.createLog(".LOG1")).toThrow("EEXIST");
});
