/** Runs on a system that stops in the middle, and images as such a stop leaves them. */
import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import fs from "fs-extra";
import { expect, vi } from "vitest";
import { type ApplyOptions, applyImage } from "../../src/apply/apply.ts";
import { Failure } from "../../src/exit/failure.ts";
import type { HiveEdit, LogFormat } from "../../src/regf/index.ts";
import { newFolder } from "../support/folders.ts";
import { applyOptions, dword, editOnDisk, readHive, SILENT } from "./support.ts";

/** What reaches the disk; `ftruncateSync` is an undo's. */
const OPERATIONS = ["writeSync", "fsyncSync", "ftruncateSync"] as const;

/** And what changes names: where a run handles files beside the hive, a stop is no failure that it could clear up after. */
export const WITH_NAMES = [
  ...OPERATIONS,
  ...(["writeFileSync", "renameSync", "unlinkSync", "rmSync", "rmdirSync", "removeSync", "ensureDirSync"] as const),
] as const;

/**
 * Runs `action` on a system that does `count` more operations and then none: the next one fails, a write after its first
 * half. `reached`: there was a next one. An undo that cannot tidy up its logs ends without a Failure.
 */
export function cutAfter(
  count: number,
  action: () => unknown,
  operations: readonly (typeof WITH_NAMES)[number][] = OPERATIONS,
): { reached: boolean; failure?: Failure } {
  let left = count;
  const { writeSync } = fs;
  const spies = operations.map((name) => {
    const real = fs[name] as (...args: unknown[]) => unknown;
    return vi.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
      if (left-- > 0) {
        return real(...args);
      }
      if (left === -1 && name === "writeSync") {
        const [descriptor, bytes, from, length, position] = args as [number, Uint8Array, number, number, number];
        writeSync(descriptor, bytes, from, Math.floor(length / 2), position);
      }
      throw Object.assign(new Error("EIO: the power is gone"), { code: "EIO", syscall: "write" });
    }) as never);
  });
  try {
    action();
    return { reached: left < 0 };
  } catch (error) {
    if (error instanceof Failure) {
      return { reached: true, failure: error };
    }
    throw error;
  } finally {
    for (const spy of spies) {
      spy.mockRestore();
    }
  }
}

/** An edit that nothing else knows of, cut when its journal is armed and its pages are not written. */
export function makeDirty(hive: string, logFormat: LogFormat, edit: (edit: HiveEdit) => void = setOther): void {
  for (let count = 0; ; count++) {
    const trial = newFolder();
    cpSync(join(hive, ".."), trial, { recursive: true });
    const file = join(trial, basename(hive));
    try {
      cutAfter(count, () => editOnDisk(file, edit, logFormat));
    } catch {
      // a CommitError, which no operation has turned into a Failure
    }
    if (readHive(file, ({ recovery }) => recovery.dirty)) {
      cpSync(trial, join(hive, ".."), { recursive: true });
      return;
    }
  }
}

function setOther(edit: HiveEdit): void {
  edit.setValue("Setup", "Other", 4, dword(1));
}

/** A copy of the image in which `apply` was cut past its point of commit: armed, and no page written. */
export function cutPastCommit(root: string, what: ApplyOptions["what"]): string {
  for (let count = 0; ; count++) {
    const copy = copyOf(root);
    const { reached, failure } = cutAfter(count, () => applyImage(applyOptions(copy, what), SILENT));
    expect(reached).toBe(true);
    if (failure?.exitCode === 30) {
      return copy;
    }
  }
}

export function copyOf(root: string): string {
  const folder = newFolder();
  cpSync(root, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}
