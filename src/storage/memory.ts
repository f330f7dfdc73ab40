/** A file in memory: for hives that are built, and for tests. */
import { type Storage, StorageError } from "./storage.ts";

export class MemoryStorage implements Storage {
  readonly name: string;
  #bytes: Uint8Array;

  /** The bytes are copied. */
  constructor(name: string, bytes: Uint8Array = new Uint8Array(0)) {
    this.name = name;
    this.#bytes = new Uint8Array(bytes); // `slice` of a Buffer would share its memory
  }

  size(): number {
    return this.#bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.#bytes.length)) {
      throw new StorageError(this.name, "read", `${length} bytes at ${offset} are not there`);
    }
    return this.#bytes.slice(offset, offset + length);
  }

  write(offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.grow(offset + bytes.length);
    this.#bytes.set(bytes, offset);
  }

  grow(size: number): void {
    if (size <= this.#bytes.length) return;
    const grown = new Uint8Array(size);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }

  truncate(size: number): void {
    this.grow(size);
    this.#bytes = this.#bytes.slice(0, size);
  }

  flush(): void {
    // memory needs none
  }

  close(): void {
    // nothing to give back
  }

  /** A copy of the whole file. */
  bytes(): Uint8Array {
    return this.#bytes.slice();
  }
}
