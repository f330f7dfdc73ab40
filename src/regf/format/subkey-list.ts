/** `lf`, `lh`, `li`, `ri`: the lists that lead from a key to its subkeys. */
import { ascii, u16, u32 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

/** A leaf with the first four characters of each name, a leaf with their hash, a plain leaf, and a list of leaves. */
export type SubkeyListKind = "lf" | "lh" | "li" | "ri";

// biome-ignore format: the columns are the documentation
export const SUBKEY_LIST_HEADER = layout("subkey list", 4, {
  signature: at(0x00, ascii(2)),
  count:     at(0x02, u16),
});

/** An entry of `lf` and `lh`. */
// biome-ignore format: the columns are the documentation
export const HINTED_ENTRY = layout("lf/lh entry", 8, {
  cell: at(0x00, cellOffset),
  hint: at(0x04, u32),         // lf: four characters; lh: the hash
});

/** An entry of `li` (a key) and `ri` (a leaf). */
// biome-ignore format: the columns are the documentation
export const PLAIN_ENTRY = layout("li/ri entry", 4, {
  cell: at(0x00, cellOffset),
});

/**
 * The most that Windows puts into one leaf of version 1.5 and later, and into one `li` of version 1.3 (ReactOS, CmpMaxFastIndexPerHblock and CmpMaxIndexPerHblock;
 * the largest leaf seen in 116 real hives has 968). A full leaf is split into two of 506.
 */
export const LEAF_MAX = 1012;

/** Version 1.3: one more, and the `lf` becomes an `li`. */
export const FAST_LEAF_MAX = 506;
