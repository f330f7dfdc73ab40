/** A file that exists only in memory and is only read: a hive that was just built, or one as it was before. */
import { type Storage, StorageError } from "../storage/storage.ts";

export class HeldBytes implements Storage {
  readonly name: string;
  readonly #bytes: Uint8Array;

  /** The bytes are not copied, and must not change. */
  constructor(name: string, bytes: Uint8Array) {
    this.name = name;
    this.#bytes = bytes;
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

  write(): never {
    throw new StorageError(this.name, "write", "it is in memory, and only read");
  }

  grow(): never {
    throw new StorageError(this.name, "grow", "it is in memory, and only read");
  }

  truncate(): never {
    throw new StorageError(this.name, "truncate", "it is in memory, and only read");
  }

  flush(): void {
    // nothing was written
  }

  close(): void {
    // nothing to give back
  }
}
