/** The base block: the first 4096 bytes of a hive, and the first 512 of a log. */
import { ascii, raw, u32, u64 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset, fileOffset } from "./offsets.ts";

export const BASE_BLOCK_SIZE = 4096;

/** The part that the checksum covers, that a log repeats, and that is written at a commit. */
export const BASE_BLOCK_HEADER_SIZE = 512;

export const BASE_BLOCK_SIGNATURE = "regf";

/** What `fileType` says. */
export const FILE_TYPE = {
  primary: 0,
  /** The older log, DIRT. */
  log: 1,
  /** The same, as Windows 2000 and before numbered it. */
  logOfWindows2000: 2,
  /** The log of Windows 8.1 and later, HvLE. */
  incrementalLog: 6,
} as const;

/** The only `fileFormat` there is: direct memory load. */
export const FILE_FORMAT = 1;

/** `flags`, bit 0: transactions of the kernel transaction manager are pending. Often set in clean hives of Windows 7 and 10 too; a log entry carries it. */
export const FLAG_TRANSACTIONS = 1;

/** `managerSignature` since Windows Vista. */
export const MANAGER_SIGNATURE = "rmtm";

/** How `reserved` begins in hives that Microsoft's offline registry library wrote, the stock SYSTEM hive of Windows 10 among them. */
export const OFFLINE_LIBRARY = "OfRg";

/** Field by field as in Maxim Suhanov's specification of the format (github.com/msuhanov/regf), "Base block". */
// biome-ignore format: the columns are the documentation
export const BASE_BLOCK_HEADER = layout("base block", BASE_BLOCK_HEADER_SIZE, {
  signature:         at(0x000, ascii(4)),
  primarySequence:   at(0x004, u32),       // raised before a write
  secondarySequence: at(0x008, u32),       // made equal when the write is complete
  lastWritten:       at(0x00c, u64),       // FILETIME; no longer kept since Windows 8.1, and 0 on most hives of Windows 10
  major:             at(0x014, u32),
  minor:             at(0x018, u32),
  fileType:          at(0x01c, u32),
  fileFormat:        at(0x020, u32),
  rootCell:          at(0x024, cellOffset),
  hiveBinsSize:      at(0x028, u32),       // bytes of all bins; a multiple of 4096
  clusteringFactor:  at(0x02c, u32),       // sector size / 512; always 1 since Windows 8
  fileName:          at(0x030, raw(64)),   // UTF-16, the end of a path, for debugging only
  resourceManager:   at(0x070, raw(16)),
  log:               at(0x080, raw(16)),
  flags:             at(0x090, u32),
  transactionManager: at(0x094, raw(16)),
  managerSignature:  at(0x0a4, ascii(4)),  // MANAGER_SIGNATURE since Windows Vista
  lastReorganized:   at(0x0a8, u64),       // FILETIME; Windows 8 and later
  reserved:          at(0x0b0, raw(332)),  // OFFLINE_LIBRARY, or nothing
  checksum:          at(0x1fc, u32),
});

/** Where the reference to the root key stands, for messages. */
export const ROOT_REFERENCE = fileOffset(BASE_BLOCK_HEADER.fields.rootCell.offset);

const CHECKSUM_OFFSET = BASE_BLOCK_HEADER.fields.checksum.offset;

/** XOR of the 127 double words before the checksum; 0 and FFFFFFFF are never used. */
export function baseBlockChecksum(view: DataView, start = 0): number {
  let sum = 0;
  for (let offset = 0; offset < CHECKSUM_OFFSET; offset += 4) sum ^= view.getUint32(start + offset, true);
  sum >>>= 0;
  if (sum === 0) return 1;
  return sum === 0xffff_ffff ? 0xffff_fffe : sum;
}
