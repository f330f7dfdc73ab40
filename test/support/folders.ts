/** Folders of their own for tests that touch the disk. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A new, empty folder, removed when the running test ends; its path has no links in it. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pint-test-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file, its folders too, and returns its path. */
export function writeFileIn(folder: string, name: string, content: string | Uint8Array = ""): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** A named pipe: opening it for reading waits until somebody writes into it. */
export function makePipe(file: string): void {
  execFileSync("mkfifo", [file]);
}
