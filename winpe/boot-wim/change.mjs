/** A change of a WIM that is there wholly or not at all: done to a copy, looked at, and put in the WIM's place. */
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { Refusal } from "./refusal.mjs";
import { readContents, update } from "./wimlib.mjs";

/**
 * Throws Refusal when the image would not hold exactly `expected` afterwards; the WIM is then as before. Returns by how many bytes it grew.
 * @param {string} wim
 * @param {number} index
 * @param {readonly string[]} changes
 * @param {ReadonlyMap<string, string>} expected
 */
export function changeWim(wim, index, changes, expected) {
  const before = statSync(wim);
  const folder = mkdtempSync(`${wim}.pint-new-`);
  const copy = join(folder, basename(wim));
  try {
    copyFileSync(wim, copy, constants.COPYFILE_FICLONE);
    chmodSync(copy, 0o600 | before.mode);
    update(copy, index, changes);
    const wrong = differences(readContents(copy, index), expected);
    if (wrong.length > 0) {
      throw new Refusal(
        `after the change the image would not be as it should be (${wrong.join(", ")}): ${wim} is as before`,
      );
    }
    chmodSync(copy, before.mode);
    const made = statSync(copy);
    if (made.uid !== before.uid || made.gid !== before.gid) chownSync(copy, before.uid, before.gid);
    flush(copy);
    const grownBytes = statSync(copy).size - before.size;
    renameSync(copy, wim);
    return grownBytes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function flush(file) {
  const descriptor = openSync(file, "r+");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * @param {ReadonlyMap<string, string>} found
 * @param {ReadonlyMap<string, string>} expected
 */
function differences(found, expected) {
  const paths = new Set([...found.keys(), ...expected.keys()]);
  return [...paths].filter((path) => found.get(path) !== expected.get(path));
}
