/** Logs made to be slow or large for whoever reads them, each for a small dirty hive. */
import { LOG_ENTRY, PAGE_REFERENCE } from "../../../src/regf/format/log-entry.ts";
import { dirtLog, incrementalEntry, incrementalLog, rehashed } from "../sample-logs.ts";

/** By name, each with so many bytes; `primary` has the secondary sequence 10. */
export const HOSTILE_LOGS: Readonly<Record<string, (primary: Uint8Array, sizeBytes: number) => Uint8Array>> = {
  "an entry of millions of pages of no size": (primary, size) => {
    const count = Math.floor((size - 4096) / PAGE_REFERENCE.sizeBytes);
    const entry = Buffer.from(incrementalEntry({ sequence: 10, hiveBinsSize: primary.length - 4096, pages: [] }));
    const large = Buffer.alloc(Math.ceil((LOG_ENTRY.sizeBytes + count * PAGE_REFERENCE.sizeBytes) / 512) * 512);
    large.set(entry.subarray(0, LOG_ENTRY.sizeBytes));
    large.writeUInt32LE(large.length, 4);
    large.writeUInt32LE(count, 20);
    return incrementalLog(primary, 10, [rehashed(large)]);
  },
  "a head in every sector, each of which claims the rest of the file": (primary, size) => {
    const heads = Buffer.alloc(size - (size % 512));
    for (let at = 0; at + 512 <= heads.length; at += 512) {
      const head = Buffer.from(incrementalEntry({ sequence: 10, hiveBinsSize: 4096, pages: [] }));
      head.writeUInt32LE(heads.length - at, 4);
      heads.set(rehashed(head).subarray(0, 40), at);
    }
    return incrementalLog(primary, 10, [heads]);
  },
  "one page, and a hive of 2 GB": (primary) => {
    const pages = [{ offset: 0, bytes: primary.subarray(4096, 8192) }];
    return incrementalLog(primary, 10, [incrementalEntry({ sequence: 10, hiveBinsSize: 0x7fff_f000, pages })]);
  },
  "the same page again and again": (primary, size) => {
    const pages = new Array(Math.floor(size / 520) - 2).fill({ offset: 0, bytes: primary.subarray(4096, 4608) });
    return incrementalLog(primary, 10, [
      incrementalEntry({ sequence: 10, hiveBinsSize: primary.length - 4096, pages }),
    ]);
  },
  "a bitmap for a hive of 2 GB": (primary) => dirtLog(primary, 10, 0x7fff_f000, new Map()),
};
