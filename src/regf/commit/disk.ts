/** The files of a hive as a commit sees them: by role, with the log that may have to be created first, counting what is written. */
import { type Storage, StorageError } from "../../storage/storage.ts";
import type { HiveFiles } from "../hive.ts";
import type { FileRole } from "./model.ts";
import type { Operation } from "./operations.ts";
import { filesByRole } from "./roles.ts";

export class Disk {
  readonly #files: Map<FileRole, Storage>;
  readonly #createLog: () => Storage;
  #createdLog: Storage | undefined;
  #bytesWritten = 0;

  constructor(files: HiveFiles, createLog: () => Storage) {
    this.#files = filesByRole(files);
    this.#createLog = createLog;
  }

  get files(): ReadonlyMap<FileRole, Storage> {
    return this.#files;
  }

  get logs(): Storage[] {
    return [...this.#files].flatMap(([role, storage]) => (role === "primary" ? [] : [storage]));
  }

  get createdLog(): Storage | undefined {
    return this.#createdLog;
  }

  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  /** Throws StorageError, and whatever the creation of a log throws. */
  run(operations: readonly Operation[]): void {
    for (const operation of operations) this.#perform(operation);
  }

  /** What a file holds, whole; nothing for one that is not there. Throws StorageError. */
  contents(file: FileRole): Uint8Array {
    const storage = this.#files.get(file);
    return storage === undefined ? new Uint8Array(0) : storage.read(0, storage.size());
  }

  sizeOf(file: FileRole): number {
    return this.#files.get(file)?.size() ?? 0;
  }

  #perform(operation: Operation): void {
    const storage = this.#storage(operation.file);
    switch (operation.kind) {
      case "write":
        storage.write(operation.offset, operation.bytes);
        this.#bytesWritten += operation.bytes.length;
        break;
      case "grow":
        storage.grow(operation.sizeBytes);
        break;
      case "truncate":
        storage.truncate(operation.sizeBytes);
        break;
      case "flush":
        storage.flush();
        break;
    }
  }

  #storage(file: FileRole): Storage {
    const existing = this.#files.get(file);
    if (existing !== undefined) return existing;
    if (file === "primary") throw new StorageError("hive", "open", "it is not there");
    this.#createdLog = this.#createLog();
    this.#files.set(file, this.#createdLog);
    return this.#createdLog;
  }
}
