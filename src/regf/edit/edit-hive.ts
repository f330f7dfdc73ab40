/** Begins to edit a hive, or says why it must not be edited. */
import { fileTimeOf } from "../../bytes/file-time.ts";
import { type CheckResult, checkHive } from "../check/check-hive.ts";
import { BASE_BLOCK_HEADER } from "../format/base-block.ts";
import { fileOffset } from "../format/offsets.ts";
import type { Hive } from "../hive.ts";
import { fail, HiveError } from "../hive-error.ts";
import { Cells } from "./cells.ts";
import { HiveEdit } from "./hive-edit.ts";

/** Version 1.6 lies as a layer over another hive: what a missing value means there is not ours to decide. */
const HIGHEST_EDITED_MINOR = 5;

export interface EditOptions {
  /** FILETIME that keys get as their time of writing; the clock when it is left out. */
  readonly now?: bigint;
}

interface Begun {
  readonly before: CheckResult;
  readonly cells: Cells;
}

const begun = new WeakMap<Hive, Begun>();

/** Checks the whole hive first. Throws HiveError for version 1.6 and for a hive with a fatal problem, which no edit may touch; StorageError for the disk. */
export function editHive(hive: Hive, options: EditOptions = {}): HiveEdit {
  let edit = begun.get(hive);
  if (edit === undefined) {
    edit = begin(hive);
    begun.set(hive, edit);
  }
  return new HiveEdit(hive, edit.cells, options.now ?? fileTimeOf(Date.now()));
}

/** What the check found before the first edit; undefined for a hive that was never edited. */
export function checkBeforeEdit(hive: Hive): CheckResult | undefined {
  return begun.get(hive)?.before;
}

function begin(hive: Hive): Begun {
  const { major, minor } = hive.version;
  if (minor > HIGHEST_EDITED_MINOR) {
    fail(fileOffset(BASE_BLOCK_HEADER.fields.minor.offset), { code: "unsupported-version", major, minor });
  }
  const before = checkHive(hive);
  const fatal = before.problems.find(({ severity }) => severity === "fatal");
  if (fatal !== undefined) throw new HiveError(fatal);
  return { before, cells: new Cells(hive.bins) };
}
