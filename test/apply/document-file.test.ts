/** A document never takes the place of something else, and what cannot be read is said. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fs from "fs-extra";
import { expect, onTestFinished, test, vi } from "vitest";
import { readDocumentFile, readFoundDocument, refuseOverwriting, saveDocument } from "../../src/apply/document-file.ts";
import { DOCUMENT_KINDS } from "../../src/document/kinds.ts";
import { failureOf } from "../support/failures.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";

test("a new document is saved, and one of its own kind is replaced", () => {
  const file = join(newFolder(), "new", "profile.json");
  saveDocument(file, '{"pintProfile":1}', "profile");
  saveDocument(file, '{"pintProfile":1, "second":true}', "profile");
  expect(readFileSync(file, "utf8")).toContain("second");
});

test.each([
  ["a hive", Buffer.from("regf\0\0\0")],
  ["a text", Buffer.from("hello")],
  ["nothing", Buffer.alloc(0)],
  ["a document of another kind", Buffer.from('{"pintPlan":1}')],
  ["other JSON", Buffer.from('["pintProfile"]')],
  ["null", Buffer.from("null")],
])("a file with %s is not replaced", (_what, content) => {
  const file = writeFileIn(newFolder(), "SYSTEM", content);
  const failure = failureOf(() => saveDocument(file, '{"pintProfile":1}', "profile"));
  expect(failure).toMatchObject({ exit: "refused", exitCode: 24, code: "would-overwrite", at: file });
  expect(readFileSync(file)).toEqual(content);
});

test("nor is a folder", () => {
  const folder = newFolder();
  expect(failureOf(() => refuseOverwriting(folder, "plan")).code).toBe("would-overwrite");
});

test("a failed write is told (29), and what stood there stands", () => {
  const file = writeFileIn(newFolder(), "plan.json", '{"pintPlan":1}');
  const spy = vi.spyOn(fs, "renameSync").mockImplementation(() => {
    throw Object.assign(new Error("x"), { code: "ENOSPC" });
  });
  onTestFinished(() => spy.mockRestore());
  expect(failureOf(() => saveDocument(file, '{"pintPlan":1,"x":1}', "plan"))).toMatchObject({
    exit: "writeFailed",
    code: "plan-not-saved",
  });
  expect(readFileSync(file, "utf8")).toBe('{"pintPlan":1}');
});

test("reading says what is not there, and reads no more than one byte too many", () => {
  const folder = newFolder();
  const gone = failureOf(() => readDocumentFile(join(folder, "gone"), "profile"));
  expect(gone).toMatchObject({ exit: "noImage", code: "no-profile", message: expect.stringContaining("ENOENT") });
  mkdirSync(join(folder, "folder"));
  expect(failureOf(() => readDocumentFile(join(folder, "folder"), "inventory")).code).toBe("no-inventory");
  const { maxSizeBytes } = DOCUMENT_KINDS.profile;
  const large = writeFileIn(folder, "large", Buffer.alloc(maxSizeBytes + 1000));
  expect(readDocumentFile(large, "profile")).toHaveLength(maxSizeBytes + 1);
  const small = writeFileIn(folder, "small", "text");
  expect(readDocumentFile(small, "profile")).toEqual(new Uint8Array(Buffer.from("text")));
});

test("a pipe that a person names is read to its end", () => {
  const pipe = join(newFolder(), "pipe");
  makePipe(pipe);
  const text = JSON.stringify({ pintProfile: 1, comment: "x".repeat(200_000) });
  const file = writeFileIn(newFolder(), "profile.json", text);
  const writer = spawn("sh", ["-c", 'cat "$0" > "$1"', file, pipe]);
  onTestFinished(() => void writer.kill());
  expect(new TextDecoder().decode(readDocumentFile(pipe, "profile"))).toBe(text);
});

test("one that is found in an image is not opened, and none is written over", () => {
  const pipe = join(newFolder(), "profile.json");
  makePipe(pipe);
  expect(failureOf(() => readFoundDocument(pipe, "profile"))).toMatchObject({
    exit: "noImage",
    code: "no-profile",
    at: pipe,
    message: expect.stringContaining("a pipe"),
  });
  expect(failureOf(() => saveDocument(pipe, '{"pintProfile":1}', "profile")).code).toBe("would-overwrite");
});
