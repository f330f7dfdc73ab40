/** How many values a key has. */
import type { Bins } from "../bins.ts";
import { KEY_FLAG, KEY_NODE } from "../format/key-node.ts";
import type { CellOffset } from "../format/offsets.ts";

const { fields: KEY } = KEY_NODE;

/**
 * A key that stands for a predefined handle (HKEY_PERFORMANCE_TEXT; SOFTWARE hives before Windows 8.1 have two) keeps the handle where others count
 * their values, and has none (Maxim Suhanov's specification of the format, "Key node").
 */
export function valueCount(bins: Bins, key: CellOffset): number {
  return isPredefinedHandle(bins, key) ? 0 : bins.get(key, KEY.valueCount);
}

export function isPredefinedHandle(bins: Bins, key: CellOffset): boolean {
  return (bins.get(key, KEY.flags) & KEY_FLAG.predefinedHandle) !== 0;
}
