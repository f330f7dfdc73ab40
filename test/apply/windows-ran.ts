/** Images in which Windows has run since they were moved, and what an undo value by value must make of them. */
import { expect } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import type { UndoOptions } from "../../src/apply/undo.ts";
import { type HiveDump, ourDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import type { HiveEdit, LogFormat } from "../../src/regf/index.ts";
import { bytesOf } from "../support/edit-actions.ts";
import {
  applyOptions,
  dword,
  editOnDisk,
  imageOptions,
  NOW,
  ORPHANS,
  readHive,
  SAVED_PROFILE,
  SILENT,
} from "./support.ts";

/** Two sessions that write: sequences and times move on, a service is new, what was in Setup's scratch key is gone. */
export function windowsRan(hive: string, logFormat: LogFormat, more: (edit: HiveEdit) => void = () => {}): void {
  editOnDisk(
    hive,
    (edit) => {
      edit.setValue("ControlSet001\\Control\\Windows", "ShutdownTime", 3, bytesOf(8, 11));
      edit.createKey("ControlSet001\\Services\\NewDriver\\Enum");
      edit.setValue("ControlSet001\\Services\\NewDriver", "Start", 4, dword(3));
      edit.setValue("ControlSet001\\Services\\NewDriver", "Cache", 3, bytesOf(9000, 5));
      edit.createKey("Setup\\Scratch");
    },
    logFormat,
  );
  editOnDisk(
    hive,
    (edit) => {
      edit.deleteKey("Setup\\Scratch");
      edit.setValue("ControlSet001\\Control\\Windows", "ShutdownTime", 3, bytesOf(8, 12));
      more(edit);
    },
    logFormat,
  );
}

/** A whole key under another name, as Windows makes a control set from another. Values only, of up to a few hundred keys. */
export interface CopiedKey {
  readonly path: string;
  readonly values: readonly { readonly name: string; readonly type: number; readonly data: Uint8Array }[];
}

export function putKeys(edit: HiveEdit, keys: readonly CopiedKey[], from: string, to: string): void {
  for (const { path, values } of keys) {
    const target = to + path.slice(from.length);
    edit.createKey(target);
    for (const { name, type, data } of values) {
      edit.setValue(target, name, type, data);
    }
  }
}

export const IMAGES = [
  { name: "moved-windows-10", what: SAVED_PROFILE, logFormat: "HvLE" },
  { name: "moved-windows-7", what: ORPHANS, logFormat: "DIRT" },
  { name: "moved-windows-xp", what: ORPHANS, logFormat: "DIRT-XP" },
] as const;

export const TARGET = "ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{9d4e6f03-2c8b-4b7f-a1e6-5c0d8e3f7a22}";

export const LATER = new Date(NOW.getTime() + 86_400_000);

export function byValue(image: string, more: Partial<UndoOptions> = {}): UndoOptions {
  return { ...imageOptions(image), byValue: { tool: "pint-offline test", now: LATER }, ...more };
}

export const treeOf = (hive: string): HiveDump => readHive(hive, ({ root }) => ourDump(root));

/** An image that was moved and in which Windows has run since. */
export function movedAndRun(more?: Parameters<typeof windowsRan>[2]): { root: string; hive: string; receipt: string } {
  const { root, hive } = phonyImage("moved-windows-10");
  const { receipt } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
  windowsRan(hive, "HvLE", more);
  return { root, hive, receipt: receipt ?? expect.fail() };
}

/** Every place as it was before the run where the run changed it, and everywhere else as it is now. */
export function expectTakenBack(before: HiveDump, applied: HiveDump, now: HiveDump, end: HiveDump): void {
  const [former, written] = [new Set(before.values), new Set(applied.values)];
  const changed = new Set(
    [...former, ...written].filter((line) => former.has(line) !== written.has(line)).map(placeOf),
  );
  expect(changed.size).toBeGreaterThan(3);
  const expected = [
    ...now.values.filter((line) => !changed.has(placeOf(line))),
    ...before.values.filter((line) => changed.has(placeOf(line))),
  ].sort();
  expectSame(end.values, expected);
  const known = new Set(before.keys);
  const made = new Set(applied.keys.filter((key) => !known.has(key)));
  expectSame(
    end.keys,
    now.keys.filter((key) => !made.has(key)),
  );
}

/** Of lists too long to be printed. */
function expectSame(found: readonly string[], expected: readonly string[]): void {
  const [left, right] = [new Set(found), new Set(expected)];
  const differing = {
    surplus: found.filter((line) => !right.has(line)),
    missing: expected.filter((line) => !left.has(line)),
  };
  expect(differing).toEqual({ surplus: [], missing: [] });
  expect(found.length).toBe(expected.length);
}

function placeOf(line: string): string {
  return line.split("|", 2).join("|").toUpperCase();
}
