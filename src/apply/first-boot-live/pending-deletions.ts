/** Files that Windows deletes at its next start, before anything runs that could hold them. */
import { toHex } from "../../bytes/hex.ts";
import { decodeUtf16, encodeUtf16 } from "../../bytes/utf16.ts";
import { PENDING_RENAMES_VALUE } from "../../firstboot/own-deletions.ts";
import type { Hive } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import { registryData } from "../../windows/registry-data.ts";
import { inControlSet, SESSION_MANAGER_KEY } from "../../windows/registry-paths.ts";

const NUL = "\0";

/**
 * The change that adds `places` (`C:\Windows\...`; of a folder what is in it comes before) to the value in which MoveFileEx keeps what
 * is to be done at the next start: pairs of texts, the second empty for a deletion, `\??\` before the path; a folder goes when it is
 * empty by then (Microsoft, "MoveFileExW"). None when they stand there already.
 */
export function deletedAtNextStart({ root }: Hive, current: number, places: readonly string[]): Change[] {
  const key = root.open(inControlSet(current, SESSION_MANAGER_KEY));
  if (key === undefined || places.length === 0) return [];
  const value = key.value(PENDING_RENAMES_VALUE);
  const former = value === undefined ? "" : withoutEnd(decodeUtf16(value.data));
  const missing = places.map((place) => `\\??\\${place}${NUL}${NUL}`).filter((pair) => !former.includes(pair));
  if (missing.length === 0) return [];
  const data = { hex: toHex(encodeUtf16(former + missing.join("") + NUL)) };
  return [
    {
      kind: "set-value",
      key: key.path,
      name: PENDING_RENAMES_VALUE,
      type: "REG_MULTI_SZ",
      data,
      was: value === undefined ? null : registryData(value),
    },
  ];
}

/** Without the NUL that ends the list: that behind the last pair stays. */
function withoutEnd(text: string): string {
  return text.endsWith(NUL) ? text.slice(0, -1) : text;
}
