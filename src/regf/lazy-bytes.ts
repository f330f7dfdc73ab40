/** A part of a file in memory, read in chunks when it is first needed. */
import { type Storage, StorageError } from "../storage/storage.ts";
import { roundUp } from "./format/page.ts";
import { READ_CHUNK_SIZE } from "./limits.ts";

/** Spare room when the buffer must move, so that a run of small edits does not move it each time: so much at least, and a share of what there is. */
const GROWTH_RESERVE = 0x10_0000;
const GROWTH_SHARE = 1 / 8;

/** Offsets are counted from `start` in the storage. What the storage does not hold begins as zeros. */
export class LazyBytes {
  readonly #storage: Storage | undefined;
  readonly #start: number;
  readonly #stored: number;
  readonly #largest: number;
  readonly #chunkLoaded: Uint8Array;
  /** Everything before this is loaded. */
  #loadedUpTo = 0;
  #sizeBytes: number;
  #buffer: ArrayBuffer;
  /** Replaced when the buffer moves: take it afresh each time. */
  view: DataView;
  /** Likewise. */
  bytes: Uint8Array;

  /** Allocates `sizeBytes`: vet it first. `largest` is the size it can ever have. Throws StorageError when there is not so much memory. */
  constructor(storage: Storage | undefined, start: number, sizeBytes: number, largest: number) {
    this.#storage = storage;
    this.#start = start;
    this.#largest = largest;
    this.#stored = Math.min(largest, Math.max(0, (storage?.size() ?? 0) - start));
    this.#chunkLoaded = new Uint8Array(Math.ceil(this.#stored / READ_CHUNK_SIZE));
    this.#sizeBytes = sizeBytes;
    this.#buffer = this.#allocate(sizeBytes);
    this.view = new DataView(this.#buffer);
    this.bytes = new Uint8Array(this.#buffer);
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  has(offset: number, length: number): boolean {
    return offset >= 0 && offset + length <= this.#sizeBytes;
  }

  /** The range must be inside (`has`). Throws StorageError. */
  load(offset: number, length: number): void {
    const end = offset + length;
    if (end <= this.#loadedUpTo) return;
    const last = Math.min(Math.ceil(end / READ_CHUNK_SIZE), this.#chunkLoaded.length);
    for (let chunk = Math.floor(offset / READ_CHUNK_SIZE); chunk < last; chunk++) {
      if (this.#chunkLoaded[chunk] === 0) this.#loadChunk(chunk);
    }
    while (this.#chunkLoaded[this.#loadedUpTo / READ_CHUNK_SIZE] === 1) this.#loadedUpTo += READ_CHUNK_SIZE;
    if (this.#loadedUpTo / READ_CHUNK_SIZE >= this.#chunkLoaded.length) this.#loadedUpTo = Number.POSITIVE_INFINITY;
  }

  /** Longer: the bytes that the storage holds there, or zeros. Shorter: the rest is out of reach. Throws StorageError when there is not so much memory. */
  resize(sizeBytes: number): void {
    if (sizeBytes > this.#buffer.byteLength) {
      const reserve = Math.max(GROWTH_RESERVE, sizeBytes * GROWTH_SHARE);
      this.#buffer = this.#allocate(Math.min(sizeBytes + reserve, this.#largest));
      const bytes = new Uint8Array(this.#buffer);
      bytes.set(this.bytes);
      this.bytes = bytes;
      this.view = new DataView(this.#buffer);
    }
    this.#sizeBytes = sizeBytes;
  }

  /** Whole chunks, so that each can be read into its place. */
  #allocate(sizeBytes: number): ArrayBuffer {
    try {
      return new ArrayBuffer(roundUp(Math.ceil(sizeBytes), READ_CHUNK_SIZE));
    } catch (error) {
      const name = this.#storage?.name ?? "a hive in memory";
      throw new StorageError(name, "read", `there is no memory for its ${sizeBytes} bytes`, error);
    }
  }

  #loadChunk(chunk: number): void {
    const offset = chunk * READ_CHUNK_SIZE;
    const length = Math.min(READ_CHUNK_SIZE, this.#stored - offset);
    const read = this.#storage?.read(this.#start + offset, length);
    if (read !== undefined) this.bytes.set(read, offset);
    this.#chunkLoaded[chunk] = 1;
  }
}
