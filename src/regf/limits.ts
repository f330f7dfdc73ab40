/** Every limit of the engine, each with its reason. */

/** The highest bit of a cell offset says "volatile", so that bins on disk end before 2 GiB. */
export const MAX_HIVE_BINS_SIZE = 0x8000_0000 - 4096;

/** Windows stops at 512 levels of keys (ReactOS, cmcheck.c); anything deeper is damage or malice. */
export const MAX_KEY_DEPTH = 512;

/** Fixed part, 512 characters of UTF-16 and 16 bytes: Windows refuses a key's cell that is larger (ReactOS, cmcheck.c). The content, without the cell's size. */
export const MAX_KEY_CONTENT_SIZE = 1116;

/** Characters; Microsoft, "Registry element size limits". */
export const MAX_KEY_NAME_LENGTH = 255;

/** Characters. One more than Microsoft's documents allow is still read: Windows' own structures have room for it. */
export const MAX_CHECKED_KEY_NAME_LENGTH = 256;

/** Characters; Microsoft, "Registry element size limits". */
export const MAX_VALUE_NAME_LENGTH = 16_383;

/** What is read from the file at once when a part of the hive is first needed. */
export const READ_CHUNK_SIZE = 65_536;

/** A damaged hive can have a problem in every cell; nobody reads more than these, and the report says that it was cut. */
export const MAX_PROBLEMS = 1000;

/** Characters of a key's path in a problem. A hostile hive can have paths of 130,000 characters, and a problem at the end of each. */
export const MAX_PROBLEM_PATH_LENGTH = 1000;

/** Differences between two states of a hive that are named one by one; all are counted. */
export const MAX_LISTED_DIFFERENCES = 200;
