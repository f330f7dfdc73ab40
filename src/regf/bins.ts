/** The hive's bins in memory, read from the file on demand; knows which pages differ from the disk and why. */
import type { Field } from "../bytes/layout.ts";
import { sameBytes } from "../bytes/same.ts";
import type { Storage } from "../storage/storage.ts";
import { CELL_HEADER, CELL_HEADER_SIZE } from "./format/cell.ts";
import { type CellOffset, HIVE_BINS_START, toFile } from "./format/offsets.ts";
import { FormerPages } from "./former-pages.ts";
import { PAGE_SIZE } from "./format/page.ts";
import { fail } from "./hive-error.ts";
import { LazyBytes } from "./lazy-bytes.ts";
import { MAX_HIVE_BINS_SIZE } from "./limits.ts";

/** A page is 4096 bytes of the bins, numbered from 0 at the first bin. Offsets are counted from the first bin throughout. */
export class Bins {
  readonly #memory: LazyBytes;
  readonly #recovered = new Set<number>();
  readonly #former = new FormerPages();
  /** What the running `atomically` has changed so far. */
  #step: FormerPages | undefined;
  #revision = 0;

  /** Allocates `sizeBytes`: vet it against the file first. Without a storage the bins begin as zeros. */
  constructor(storage: Storage | undefined, sizeBytes: number) {
    this.#memory = new LazyBytes(storage, HIVE_BINS_START, sizeBytes, MAX_HIVE_BINS_SIZE);
  }

  get sizeBytes(): number {
    return this.#memory.sizeBytes;
  }

  /** Another number after every change: what was learnt from the bytes before is worth nothing then. */
  get revision(): number {
    return this.#revision;
  }

  /** The size as the cell stores it: negative while in use. Throws HiveError outside the bins. */
  cellSize(cell: CellOffset): number {
    this.#need(cell, CELL_HEADER_SIZE);
    return CELL_HEADER.fields.size.get(this.#memory.view, cell);
  }

  setCellSize(cell: CellOffset, size: number): void {
    this.#touch(cell, CELL_HEADER_SIZE);
    CELL_HEADER.fields.size.set(this.#memory.view, cell, size);
  }

  /** A field of the structure in a cell; `from` counts from the cell's content, for entries of lists. Throws HiveError outside the bins. */
  get<T>(cell: CellOffset, field: Field<T>, from = 0): T {
    const start = cell + CELL_HEADER_SIZE + from;
    this.#need(start + field.offset, field.sizeBytes);
    return field.get(this.#memory.view, start);
  }

  set<T>(cell: CellOffset, field: Field<T>, value: T, from = 0): void {
    const start = cell + CELL_HEADER_SIZE + from;
    this.#touch(start + field.offset, field.sizeBytes);
    field.set(this.#memory.view, start, value);
  }

  /** Bytes of a cell's content, not copied: for reading only, and only until the bins change. Throws HiveError outside the bins. */
  bytes(cell: CellOffset, from: number, length: number): Uint8Array {
    return this.raw(cell + CELL_HEADER_SIZE + from, length);
  }

  write(cell: CellOffset, from: number, bytes: Uint8Array): void {
    this.writeRaw(cell + CELL_HEADER_SIZE + from, bytes);
  }

  /** A field of a bin's header. Throws HiveError outside the bins. */
  getBin<T>(bin: CellOffset, field: Field<T>): T {
    this.#need(bin + field.offset, field.sizeBytes);
    return field.get(this.#memory.view, bin);
  }

  setBin<T>(bin: CellOffset, field: Field<T>, value: T): void {
    this.#touch(bin + field.offset, field.sizeBytes);
    field.set(this.#memory.view, bin, value);
  }

  /** Bytes anywhere in the bins, not copied: for reading only, and only until the bins change. Throws HiveError outside the bins. */
  raw(offset: number, length: number): Uint8Array {
    this.#need(offset, length);
    return this.#memory.bytes.subarray(offset, offset + length);
  }

  writeRaw(offset: number, bytes: Uint8Array): void {
    this.#touch(offset, bytes.length);
    this.#memory.bytes.set(bytes, offset);
  }

  /** Makes the bins longer by a multiple of 4096 bytes, zeros. The new pages count as edited; views taken before no longer see changes. */
  grow(additional: number): void {
    if (additional % PAGE_SIZE !== 0) throw new Error(`bins grow by pages, not by ${additional} bytes`);
    this.#revision++;
    const former = this.sizeBytes;
    const kept = this.#step ?? this.#former;
    kept.sizeBytes ??= former;
    this.#memory.resize(former + additional);
    this.#memory.load(former, additional);
    this.#memory.bytes.fill(0, former, this.sizeBytes); // the file often has old bytes beyond its bins
    for (let page = former / PAGE_SIZE; page < this.sizeBytes / PAGE_SIZE; page++) kept.pages.set(page, undefined);
  }

  /** Replay: the hive has this size from now on; what is new is what the file holds there, or zeros. Not for edits. */
  resizeRecovered(sizeBytes: number): void {
    this.#revision++;
    this.#memory.resize(sizeBytes);
  }

  /** Replay: these bytes are newer than the file's. Pages that really differ are remembered as recovered. Not for edits. */
  recover(offset: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const length = Math.min(bytes.length - done, PAGE_SIZE - ((offset + done) % PAGE_SIZE));
      const now = this.raw(offset + done, length);
      const then = bytes.subarray(done, done + length);
      if (!sameBytes(now, then)) {
        this.#revision++;
        now.set(then);
        this.#recovered.add(Math.floor((offset + done) / PAGE_SIZE));
      }
      done += length;
    }
  }

  /** Pages that replay made different from the disk, ascending; none that an edit appended, where a log had made the hive shorter. */
  recoveredPages(): number[] {
    const count = this.sizeBeforeEdit / PAGE_SIZE;
    return [...this.#recovered].filter((page) => page < count).sort((left, right) => left - right);
  }

  /** Pages that were edited, ascending; new ones included. */
  editedPages(): number[] {
    return [...this.#former.pages.keys()].sort((left, right) => left - right);
  }

  /** A page as it is now, not copied. */
  page(page: number): Uint8Array {
    return this.raw(page * PAGE_SIZE, PAGE_SIZE);
  }

  /** A page as it was before it was edited, replay included; undefined for a page that did not exist. */
  pageBeforeEdit(page: number): Uint8Array | undefined {
    return this.#former.pages.has(page) ? this.#former.pages.get(page) : this.page(page);
  }

  /** The size before the edit. */
  get sizeBeforeEdit(): number {
    return this.#former.sizeBytes ?? this.sizeBytes;
  }

  /** Runs one edit; when it throws, the bins are as they were before it. Edits of this kind do not nest. */
  atomically<T>(edit: () => T): T {
    if (this.#step !== undefined) throw new Error("one atomic edit runs inside another");
    const step = new FormerPages();
    this.#step = step;
    try {
      return edit();
    } catch (error) {
      this.#takeBack(step);
      step.clear();
      throw error;
    } finally {
      this.#step = undefined;
      this.#former.absorb(step);
    }
  }

  /** Goes back to what was there before the edit. */
  discardEdit(): void {
    this.#takeBack(this.#former);
    this.#former.clear();
  }

  #takeBack(former: FormerPages): void {
    this.#revision++;
    for (const [page, bytes] of former.pages) {
      if (bytes !== undefined) this.#memory.bytes.set(bytes, page * PAGE_SIZE);
    }
    if (former.sizeBytes !== undefined) this.#memory.resize(former.sizeBytes);
  }

  #need(offset: number, length: number): void {
    if (!this.#memory.has(offset, length)) {
      fail(toFile(offset), { code: "cell-outside-bins", structure: "cell", cell: offset });
    }
    this.#memory.load(offset, length);
  }

  /** Remembers the pages as they are, once, before they are edited. */
  #touch(offset: number, length: number): void {
    this.#need(offset, length);
    this.#revision++;
    const kept = (this.#step ?? this.#former).pages;
    const last = Math.ceil((offset + length) / PAGE_SIZE);
    for (let page = Math.floor(offset / PAGE_SIZE); page < last; page++) {
      if (!kept.has(page)) kept.set(page, this.page(page).slice());
    }
  }
}
