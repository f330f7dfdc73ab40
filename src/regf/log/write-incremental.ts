/** Lays out an HvLE log with one entry: the journal of a commit. */
import { BASE_BLOCK_HEADER, FILE_TYPE, FLAG_TRANSACTIONS } from "../format/base-block.ts";
import {
  HEADER_HASHED_SIZE,
  LOG_ENTRIES_START,
  LOG_ENTRY,
  LOG_ENTRY_SIGNATURE,
  PAGE_REFERENCE,
} from "../format/log-entry.ts";
import { marvin32 } from "../format/marvin32.ts";
import type { CellOffset } from "../format/offsets.ts";
import { PAGE_SIZE, roundUp } from "../format/page.ts";
import { runsOf } from "../page-runs.ts";
import { baseBlockOf } from "./base-block-of.ts";

/** What a journal of either kind is made of. */
export interface JournalContent {
  /** The header that the log repeats; its sequences, type and size are replaced. */
  readonly header: DataView;
  readonly sequence: number;
  readonly hiveBinsSize: number;
  /** Page numbers, ascending, page 0 among them. */
  readonly pages: readonly number[];
  page(page: number): Uint8Array;
}

/** From the log's first byte. One entry is one hash: it counts whole or not at all. */
export function incrementalJournal(content: JournalContent): Uint8Array {
  const runs = runsOf(content.pages);
  const pagesStart = LOG_ENTRIES_START + LOG_ENTRY.sizeBytes + runs.length * PAGE_REFERENCE.sizeBytes;
  const journal = new Uint8Array(roundUp(pagesStart + content.pages.length * PAGE_SIZE, PAGE_SIZE));
  const { sequence, hiveBinsSize } = content;
  journal.set(baseBlockOf(content.header, { sequence, hiveBinsSize, fileType: FILE_TYPE.incrementalLog }));
  const view = new DataView(journal.buffer);
  const flags = BASE_BLOCK_HEADER.fields.flags.get(content.header, 0) & FLAG_TRANSACTIONS;
  const sizeBytes = journal.length - LOG_ENTRIES_START;
  const head = { signature: LOG_ENTRY_SIGNATURE, sizeBytes, flags, sequence, hiveBinsSize, pageCount: runs.length };
  LOG_ENTRY.encode(view, LOG_ENTRIES_START, head);
  runs.forEach(({ first, count }, index) => {
    const at = LOG_ENTRIES_START + LOG_ENTRY.sizeBytes + index * PAGE_REFERENCE.sizeBytes;
    PAGE_REFERENCE.encode(view, at, { offset: (first * PAGE_SIZE) as CellOffset, sizeBytes: count * PAGE_SIZE });
  });
  content.pages.forEach((page, index) => {
    journal.set(content.page(page), pagesStart + index * PAGE_SIZE);
  });
  const entry = journal.subarray(LOG_ENTRIES_START);
  LOG_ENTRY.encode(view, LOG_ENTRIES_START, { bodyHash: marvin32(entry.subarray(LOG_ENTRY.sizeBytes)) });
  LOG_ENTRY.encode(view, LOG_ENTRIES_START, { headerHash: marvin32(entry.subarray(0, HEADER_HASHED_SIZE)) });
  return journal;
}
