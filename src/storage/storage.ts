/** What the hive engine asks of a file: bytes at a place, room, flushes, and a name for messages. */
export interface Storage {
  /** What messages call it: a path, or what a test named it. */
  readonly name: string;
  /** Size in bytes, now. */
  size(): number;
  /** Exactly `length` bytes from `offset`; throws StorageError when they are not there or cannot be read. */
  read(offset: number, length: number): Uint8Array;
  /** Overwrites in place, growing the file when the bytes end beyond it; throws StorageError. */
  write(offset: number, bytes: Uint8Array): void;
  /** Makes the file at least `size` bytes long, filling with zeros; it never shrinks one. */
  grow(size: number): void;
  /** Makes the file exactly `size` bytes long. Only the undo of a commit needs it, for a primary hive that had grown: logs are never truncated. */
  truncate(size: number): void;
  /** Returns when everything written so far has reached the disk. */
  flush(): void;
  close(): void;
}

/** A read, write or flush that the system refused; the hive is not to blame. */
export class StorageError extends Error {
  readonly storage: string;
  readonly operation: "open" | "read" | "write" | "grow" | "truncate" | "flush";

  constructor(storage: string, operation: StorageError["operation"], message: string, cause?: unknown) {
    super(`${storage}: cannot ${operation}: ${message}`, { cause });
    this.name = "StorageError";
    this.storage = storage;
    this.operation = operation;
  }
}
