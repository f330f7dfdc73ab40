/** Documents reach the disk whole or not at all, and nothing that stands is lost by a failed write. */
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import fs from "fs-extra";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createDurably, replaceDurably, syncFolder } from "../../src/image/durable-file.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";

function failing(method: "writeFileSync" | "fsyncSync" | "renameSync", code: string): void {
  const spy = vi.spyOn(fs, method).mockImplementation(() => {
    throw Object.assign(new Error(code), { code });
  });
  onTestFinished(() => spy.mockRestore());
}

describe("creating", () => {
  test("makes the folders, and keeps a secret to its owner", () => {
    const file = join(newFolder(), "a", "b", "receipt.json");
    createDurably(file, "text", "secret");
    expect(readFileSync(file, "utf8")).toBe("text");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const plain = join(dirname(file), "plain.json");
    createDurably(plain, new Uint8Array([1, 2]), "plain");
    expect([...readFileSync(plain)]).toEqual([1, 2]);
    expect(statSync(plain).mode & 0o444).toBe(0o444);
  });

  test("never replaces a file", () => {
    const file = writeFileIn(newFolder(), "x.json", "mine");
    expect(() => createDurably(file, "yours", "plain")).toThrow("EEXIST");
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  test.each(["writeFileSync", "fsyncSync"] as const)("leaves nothing behind when %s fails", (method) => {
    const folder = newFolder();
    failing(method, "ENOSPC");
    expect(() => createDurably(join(folder, "x.json"), "text", "plain")).toThrow("ENOSPC");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("the bytes are flushed before the name is, and the folders that were made too", () => {
    const folder = newFolder();
    const opened: string[] = [];
    const paths = new Map<number, string>();
    const { openSync, fsyncSync } = fs;
    const open = vi.spyOn(fs, "openSync").mockImplementation((path, flags, mode) => {
      const descriptor = openSync(path, flags, mode);
      paths.set(descriptor, String(path));
      return descriptor;
    });
    const sync = vi.spyOn(fs, "fsyncSync").mockImplementation((descriptor) => {
      opened.push(paths.get(descriptor) ?? "?");
      fsyncSync(descriptor);
    });
    onTestFinished(() => {
      open.mockRestore();
      sync.mockRestore();
    });
    const file = join(folder, "a", "b", "x.json");
    createDurably(file, "text", "plain");
    expect(opened).toEqual([join(folder, "a"), folder, file, join(folder, "a", "b")]);
  });
});

describe("replacing", () => {
  test("puts the new text in the place of the former", () => {
    const folder = newFolder();
    const file = writeFileIn(folder, "x.json", "former");
    replaceDurably(file, "new", "plain");
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["x.json"]);
  });

  test.each(["writeFileSync", "fsyncSync", "renameSync"] as const)("keeps the former text when %s fails", (method) => {
    const folder = newFolder();
    const file = writeFileIn(folder, "x.json", "former");
    failing(method, "EIO");
    expect(() => replaceDurably(file, "new", "plain")).toThrow("EIO");
    expect(readFileSync(file, "utf8")).toBe("former");
    expect(readdirSync(folder)).toEqual(["x.json"]);
  });
});

test("a file system that cannot flush folders is let be; a real error is not", () => {
  const folder = newFolder();
  mkdirSync(join(folder, "x"));
  failing("fsyncSync", "EINVAL");
  expect(() => syncFolder(folder)).not.toThrow();
  failing("fsyncSync", "EIO");
  expect(() => syncFolder(folder)).toThrow("EIO");
});
