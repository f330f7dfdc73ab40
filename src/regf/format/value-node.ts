/** `vk`: the fixed part of a value, before its name, and the ways in which it holds its data. */
import { ascii, u16, u32 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

export const VALUE_NODE_SIGNATURE = "vk";

/** Bits of `flags`. */
export const VALUE_FLAG = {
  /** The name is stored as Latin-1, one byte a character. */
  compressedName: 0x0001,
  /** Version 1.6: the value stands for a deleted one of the layer below. */
  tombstone: 0x0002,
} as const;

/** Set in `dataSize`: the data is in the field `data` itself. Zero bytes of data are written so as well. */
export const DATA_INLINE = 0x8000_0000;

/** What fits into the field `data`. */
export const INLINE_DATA_MAX = 4;

/** Offsets start after the cell size. Fields as in Maxim Suhanov's specification of the format, "Key value". */
// biome-ignore format: the columns are the documentation
export const VALUE_NODE = layout("vk", 20, {
  signature: at(0x00, ascii(2)),
  nameSize:  at(0x02, u16),         // bytes, as stored; 0 is the default value
  dataSize:  at(0x04, u32),         // bytes, and DATA_INLINE
  data:      at(0x08, cellOffset),  // the data's cell, or the data
  type:      at(0x0c, u32),         // REG_SZ and so on; device properties use 0xFFFF0000 and up
  flags:     at(0x10, u16),
  spare:     at(0x12, u16),
});

/** Where the name begins, counted as the fields are. */
export const VALUE_NODE_NAME = VALUE_NODE.sizeBytes;
