/** Lays out a DIRT log: the journal of a commit before Windows 8.1. */
import { FILE_TYPE } from "../format/base-block.ts";
import {
  DIRTY_BITMAP_START,
  DIRTY_VECTOR_HEADER,
  DIRTY_VECTOR_SIGNATURE,
  DIRTY_VECTOR_START,
  dirtySectorsStart,
} from "../format/dirty-vector.ts";
import { PAGE_SIZE } from "../format/page.ts";
import { baseBlockOf } from "./base-block-of.ts";
import type { JournalContent } from "./write-incremental.ts";

/** All eight sectors of a page. */
const WHOLE_PAGE = 0xff;

/** From the log's first byte. Nothing protects it as a whole: it must be on the disk before the hive says that it is needed. */
export function dirtJournal(content: JournalContent): Uint8Array {
  const { sequence, hiveBinsSize } = content;
  const start = dirtySectorsStart(hiveBinsSize);
  const journal = new Uint8Array(start + content.pages.length * PAGE_SIZE);
  journal.set(baseBlockOf(content.header, { sequence, hiveBinsSize, fileType: FILE_TYPE.log }));
  DIRTY_VECTOR_HEADER.encode(new DataView(journal.buffer), DIRTY_VECTOR_START, { signature: DIRTY_VECTOR_SIGNATURE });
  content.pages.forEach((page, index) => {
    journal[DIRTY_BITMAP_START + page] = WHOLE_PAGE;
    journal.set(content.page(page), start + index * PAGE_SIZE);
  });
  return journal;
}
