/** Files that Windows deletes at its next start, before anything runs that could hold them. */
import {
  PENDING_RENAMES_VALUE,
  type PendingRename,
  pendingRenamesData,
  readPendingRenames,
} from "../../firstboot/pending-renames.ts";
import type { Hive } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import { registryData } from "../../windows/registry-data.ts";
import { controlSetKey, inControlSet, SESSION_MANAGER_KEY } from "../../windows/registry-paths.ts";

/**
 * The change that adds `places` (`C:\Windows\...`; of a folder what is in it comes before): a folder goes when it is empty by then
 * (Microsoft, "MoveFileExW"). None when they stand there already.
 */
export function deletedAtNextStart({ root }: Hive, current: number, places: readonly string[]): Change[] {
  const manager = root.open(inControlSet(current, SESSION_MANAGER_KEY));
  const controlSet = root.open(controlSetKey(current));
  if (manager === undefined || controlSet === undefined) return [];
  const former = readPendingRenames(controlSet);
  const missing = places.map(deletionOf).filter(({ what }) => !former.some((one) => isDeletionOf(one, what)));
  if (missing.length === 0) return [];
  const value = manager.value(PENDING_RENAMES_VALUE);
  const was = value === undefined ? null : registryData(value);
  const data = pendingRenamesData([...former, ...missing]);
  return [{ kind: "set-value", key: manager.path, name: PENDING_RENAMES_VALUE, ...data, was }];
}

function deletionOf(place: string): PendingRename {
  return { what: `\\??\\${place}`, to: "" };
}

function isDeletionOf({ what, to }: PendingRename, wanted: string): boolean {
  return what === wanted && to === "";
}
