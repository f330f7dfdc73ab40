/** A value list: the cells of a key's values, in the order they were made, without a header. */
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

// biome-ignore format: the columns are the documentation
export const VALUE_LIST_ENTRY = layout("value list entry", 4, {
  cell: at(0x00, cellOffset),
});
