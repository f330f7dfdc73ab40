/** A file on a disk, opened as it is: never created, never truncated. */
import fs from "fs-extra";
import { type Storage, StorageError } from "./storage.ts";

/** Zeros are written in pieces of this size when a file grows. */
const ZEROS = new Uint8Array(65_536);

/** Hidden system files (a hive's logs) can be opened with `r+`, but not with `w`: Windows refuses that. Throws StorageError. */
export function openFile(path: string, access: "read" | "read-write"): Storage {
  try {
    refuseOther(path, fs.statSync(path)); // before: opening a pipe waits until somebody writes into it
    return new FileStorage(path, fs.openSync(path, access === "read" ? "r" : "r+"));
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new StorageError(path, "open", messageOf(error), error);
  }
}

function refuseOther(path: string, kind: fs.Stats): void {
  if (!kind.isFile()) {
    throw new StorageError(path, "open", kind.isDirectory() ? "it is a folder" : "it is not a file");
  }
}

class FileStorage implements Storage {
  readonly name: string;
  #descriptor: number | undefined;

  constructor(path: string, descriptor: number) {
    this.name = path;
    this.#descriptor = descriptor;
  }

  size(): number {
    return this.#attempt("read", (descriptor) => fs.fstatSync(descriptor).size);
  }

  read(offset: number, length: number): Uint8Array {
    return this.#attempt("read", (descriptor) => {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const count = fs.readSync(descriptor, bytes, done, length - done, offset + done);
        if (count === 0)
          throw new Error(`the file ends at ${offset + done}, and ${length} bytes at ${offset} were wanted`);
        done += count;
      }
      return bytes;
    });
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#attempt("write", (descriptor) => writeAll(descriptor, offset, bytes));
  }

  grow(size: number): void {
    // Written, not only set as the end: room must be taken now, so that a full disk shows before anything depends on it.
    this.#attempt("grow", (descriptor) => {
      for (let end = fs.fstatSync(descriptor).size; end < size; ) {
        const length = Math.min(ZEROS.length, size - end);
        writeAll(descriptor, end, ZEROS.subarray(0, length));
        end += length;
      }
    });
  }

  truncate(size: number): void {
    this.#attempt("truncate", (descriptor) => fs.ftruncateSync(descriptor, size));
  }

  flush(): void {
    this.#attempt("flush", (descriptor) => fs.fsyncSync(descriptor));
  }

  close(): void {
    if (this.#descriptor === undefined) return;
    fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #attempt<T>(operation: StorageError["operation"], action: (descriptor: number) => T): T {
    if (this.#descriptor === undefined) throw new StorageError(this.name, operation, "it is closed");
    try {
      return action(this.#descriptor);
    } catch (error) {
      throw new StorageError(this.name, operation, messageOf(error), error);
    }
  }
}

function writeAll(descriptor: number, offset: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    done += fs.writeSync(descriptor, bytes, done, bytes.length - done, offset + done);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
