/** Reads one entry of an HvLE log at a time, and says what is wrong with it when it is not sound. */
import { decodeLatin1 } from "../../bytes/utf16.ts";
import type { Storage } from "../../storage/storage.ts";
import {
  HEADER_HASHED_SIZE,
  LOG_ENTRY,
  LOG_ENTRY_ALIGNMENT,
  LOG_ENTRY_SIGNATURE,
  PAGE_REFERENCE,
} from "../format/log-entry.ts";
import { marvin32 } from "../format/marvin32.ts";
import { PAGE_SIZE, SECTOR_SIZE } from "../format/page.ts";
import { MAX_HIVE_BINS_SIZE, READ_CHUNK_SIZE } from "../limits.ts";
import type { EntryDamage } from "../recovery.ts";

const { fields: ENTRY } = LOG_ENTRY;
const { fields: PAGE } = PAGE_REFERENCE;

export interface LogEntryPlace {
  /** In the log. */
  readonly offset: number;
  readonly sizeBytes: number;
  readonly sequence: number;
  readonly flags: number;
  /** Of the hive, after this entry. */
  readonly hiveBinsSize: number;
  readonly pages: readonly PagesPlace[];
}

/** A run of pages in an entry. */
export interface PagesPlace {
  /** In the bins. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** In the log. */
  readonly source: number;
}

export class EntryReader {
  readonly end: number;
  readonly #storage: Storage;
  /** Sound entries do not overlap, so that this is enough for every real log; one that claims many that do must not be hashed for hours. */
  #hashBudget: number;
  #chunk: Uint8Array = new Uint8Array(0);
  #chunkStart = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.end = storage.size();
    this.#hashBudget = this.end * 4;
  }

  /** Heads are looked for in every sector of what may be megabytes of remnants: that is not a read for each. */
  #headAt(offset: number): DataView {
    let within = offset - this.#chunkStart;
    if (within < 0 || within + LOG_ENTRY.sizeBytes > this.#chunk.length) {
      this.#chunk = this.#storage.read(offset, Math.min(READ_CHUNK_SIZE, this.end - offset));
      this.#chunkStart = offset;
      within = 0;
    }
    return viewOf(this.#chunk.subarray(within, within + LOG_ENTRY.sizeBytes));
  }

  hasRoomAt(offset: number): boolean {
    return offset + LOG_ENTRY.sizeBytes <= this.end;
  }

  /** What is wrong, when there is no entry at `offset` that is sound in itself. */
  entryAt(offset: number): LogEntryPlace | EntryDamage {
    if (!this.hasRoomAt(offset)) return "signature";
    const head = this.#headAt(offset);
    if (ENTRY.signature.get(head, 0) !== LOG_ENTRY_SIGNATURE) return "signature";
    const sizeBytes = ENTRY.sizeBytes.get(head, 0);
    if (!hasHeaderHash(head)) return "header";
    if (sizeBytes < LOG_ENTRY_ALIGNMENT || sizeBytes % LOG_ENTRY_ALIGNMENT !== 0) return "header";
    if (offset + sizeBytes > this.end) return "cut";
    this.#hashBudget -= sizeBytes;
    if (this.#hashBudget < 0) return "pages";
    const whole = viewOf(this.#storage.read(offset, sizeBytes));
    if (marvin32(bytesOf(whole).subarray(LOG_ENTRY.sizeBytes)) !== ENTRY.bodyHash.get(head, 0)) return "pages";
    return decodeEntry(whole, offset) ?? "references";
  }

  /** Tells the damage of the entry that should be at `offset` from bytes that were never its: undefined for those. */
  damageOf(offset: number, sequence: number, found: EntryDamage): EntryDamage | undefined {
    if (offset >= this.end) return undefined;
    if (!this.hasRoomAt(offset)) {
      const rest = this.#storage.read(offset, this.end - offset);
      return decodeLatin1(rest.subarray(0, 4)) === LOG_ENTRY_SIGNATURE ? "cut" : undefined;
    }
    const head = this.#headAt(offset);
    if (found === "header") return found;
    if (ENTRY.sequence.get(head, 0) !== sequence) return undefined;
    if (found !== "signature") return found;
    const mended = viewOf(bytesOf(head).slice());
    ENTRY.signature.set(mended, 0, LOG_ENTRY_SIGNATURE);
    return hasHeaderHash(mended) ? found : undefined;
  }
}

function hasHeaderHash(head: DataView): boolean {
  return marvin32(bytesOf(head).subarray(0, HEADER_HASHED_SIZE)) === ENTRY.headerHash.get(head, 0);
}

/** Undefined when the entry's pages do not fit into it or into the hive, though its hashes are right. */
function decodeEntry(view: DataView, offset: number): LogEntryPlace | undefined {
  const sizeBytes = view.byteLength;
  const hiveBinsSize = ENTRY.hiveBinsSize.get(view, 0);
  if (hiveBinsSize % PAGE_SIZE !== 0 || hiveBinsSize > MAX_HIVE_BINS_SIZE) return undefined;
  const count = ENTRY.pageCount.get(view, 0);
  let data = LOG_ENTRY.sizeBytes + count * PAGE_REFERENCE.sizeBytes;
  if (data > sizeBytes) return undefined;
  const pages: PagesPlace[] = [];
  for (let index = 0; index < count; index++) {
    const start = LOG_ENTRY.sizeBytes + index * PAGE_REFERENCE.sizeBytes;
    const page = {
      offset: PAGE.offset.get(view, start),
      sizeBytes: PAGE.sizeBytes.get(view, start),
      source: offset + data,
    };
    data += page.sizeBytes;
    const isWhole = page.offset % SECTOR_SIZE === 0 && page.sizeBytes % SECTOR_SIZE === 0;
    if (!isWhole || data > sizeBytes || page.offset + page.sizeBytes > hiveBinsSize) return undefined;
    if (page.sizeBytes > 0) pages.push(page); // of those that hold nothing a log of 16 MB can name two million
  }
  const flags = ENTRY.flags.get(view, 0);
  return { offset, sizeBytes, sequence: ENTRY.sequence.get(view, 0), flags, hiveBinsSize, pages };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
