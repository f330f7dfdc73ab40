/** A hive to be edited: a new copy each time, as an image has it. */
import { closeSync, copyFileSync, fsyncSync, openSync, rmSync, writeFileSync } from "node:fs";

/** With an empty log, and on the disk: whoever flushes afterwards does not flush the copying too. */
export function makeFreshCopy(hive: string, copy: string): void {
  for (const ending of ["", ".LOG1", ".LOG2", ".pint-receipts"]) {
    rmSync(copy + ending, { force: true, recursive: true });
  }
  copyFileSync(hive, copy);
  writeFileSync(`${copy}.LOG1`, "");
  const descriptor = openSync(copy, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
