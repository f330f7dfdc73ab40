/** `nk`: the fixed part of a key, before its name. */
import { ascii, u8, u16, u32, u64 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

export const KEY_NODE_SIGNATURE = "nk";

/** Bits of `flags`. */
export const KEY_FLAG = {
  volatile: 0x0001,
  /** A mount point of another hive; only in memory. */
  exit: 0x0002,
  /** The root of its hive. */
  entry: 0x0004,
  noDelete: 0x0008,
  symbolicLink: 0x0010,
  /** The name is stored as Latin-1, one byte a character. */
  compressedName: 0x0020,
  predefinedHandle: 0x0040,
} as const;

/** What Windows writes into the root of a hive: entry, noDelete, compressedName. */
export const ROOT_FLAGS = 0x2c;

/** Offsets start after the cell size. Fields as in Maxim Suhanov's specification of the format, "Key node". */
// biome-ignore format: the columns are the documentation
export const KEY_NODE = layout("nk", 76, {
  signature:            at(0x00, ascii(2)),
  flags:                at(0x02, u16),
  lastWritten:          at(0x04, u64),         // FILETIME
  access:               at(0x0c, u8),          // Windows 8 and later: how it was accessed; before that, spare
  layer:                at(0x0d, u8),          // version 1.6: how a differencing key lies over the one below
  spare:                at(0x0e, u16),
  parent:               at(0x10, cellOffset),  // of the root: whatever was in memory
  subkeyCount:          at(0x14, u32),
  volatileSubkeyCount:  at(0x18, u32),         // means something only in memory; stale in many hives
  subkeys:              at(0x1c, cellOffset),
  volatileSubkeys:      at(0x20, cellOffset),  // likewise
  valueCount:           at(0x24, u32),
  values:               at(0x28, cellOffset),
  security:             at(0x2c, cellOffset),
  className:            at(0x30, cellOffset),
  longestSubkeyName:    at(0x34, u16),         // bytes as UTF-16, also where the name is compressed; an upper bound
  virtualizationFlags:  at(0x36, u8),
  debug:                at(0x37, u8),
  longestSubkeyClass:   at(0x38, u32),         // bytes
  longestValueName:     at(0x3c, u32),         // bytes as UTF-16; an upper bound
  largestValueData:     at(0x40, u32),         // bytes; an upper bound
  workArea:             at(0x44, u32),         // means something only in memory
  nameSize:             at(0x48, u16),         // bytes, as stored
  classNameSize:        at(0x4a, u16),         // bytes
});

/** Where the name begins, counted as the fields are. */
export const KEY_NODE_NAME = KEY_NODE.sizeBytes;
