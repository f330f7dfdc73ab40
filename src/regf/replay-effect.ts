/** What the replay of a hive's logs changed, compared with the hive as it stands in its file. */
import { PAGE_SIZE } from "./format/page.ts";
import type { Hive } from "./hive.ts";
import { HiveError } from "./hive-error.ts";
import { openHive } from "./open.ts";
import type { Problem } from "./problem.ts";
import { differenceOf, type TreeDifference } from "./read/tree-difference.ts";

export interface ReplayEffect {
  /** Pages that differ from the file, and all of the hive's. */
  readonly pagesChanged: number;
  readonly pages: number;
  /** Undefined when the hive as it stands cannot be walked, or only with more work than its size justifies. */
  readonly difference: TreeDifference | undefined;
  /** Why it cannot be walked. */
  readonly unreadable: Problem | undefined;
}

/** Every cell of both states is looked at once in a sound hive; damaged ones can be made to look larger than they are. */
const BUDGET_PER_BYTE = 4;

/** For a hive that was opened and not edited. Takes the hive's size in memory once more while it runs. Throws StorageError. */
export function replayEffect(hive: Hive): ReplayEffect {
  const { bins, files } = hive;
  const pages = bins.sizeBytes / PAGE_SIZE;
  const pagesChanged = bins.recoveredPages().length;
  try {
    const standing = openHive({ primary: files.primary, logs: [] }, { acceptDirty: true });
    const budgetBytes = BUDGET_PER_BYTE * (bins.sizeBytes + standing.bins.sizeBytes);
    return {
      pages,
      pagesChanged,
      difference: differenceOf(standing.root, hive.root, budgetBytes),
      unreadable: undefined,
    };
  } catch (error) {
    if (error instanceof HiveError) return { pages, pagesChanged, difference: undefined, unreadable: error.problem };
    throw error;
  }
}
