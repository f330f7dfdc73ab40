/** Collects what the files hold in every place that operations will write: all that is needed to take them back. */
import type { Disk } from "./disk.ts";
import type { FileRole, FormerBytes, FormerFile, Region } from "./model.ts";
import type { Operation } from "./operations.ts";

/** Throws StorageError. */
export function formerBytes(disk: Disk, operations: readonly Operation[]): FormerBytes {
  const touched = new Set<FileRole>(["primary", ...operations.map(({ file }) => file)]);
  return { files: [...touched].map((role) => formerFile(disk, role, operations)) };
}

function formerFile(disk: Disk, role: FileRole, operations: readonly Operation[]): FormerFile {
  const storage = disk.files.get(role);
  const sizeBytes = storage?.size() ?? 0;
  const regions = writtenRanges(operations, role).flatMap(({ start, end }): Region[] => {
    const length = Math.min(end, sizeBytes) - start;
    return storage === undefined || length <= 0 ? [] : [{ offset: start, bytes: storage.read(start, length) }];
  });
  return { role, existed: storage !== undefined, sizeBytes, regions };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Ascending, joined where they meet. */
export function writtenRanges(operations: readonly Operation[], role: FileRole): Range[] {
  const ranges = operations
    .flatMap((it): Range[] =>
      it.kind === "write" && it.file === role ? [{ start: it.offset, end: it.offset + it.bytes.length }] : [],
    )
    .sort((left, right) => left.start - right.start);
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last === undefined || range.start > last.end) joined.push(range);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return joined;
}

/** A file's content after the operations; the given bytes stay as they are. */
export function contentAfter(content: Uint8Array, operations: readonly Operation[], role: FileRole): Uint8Array {
  let bytes: Uint8Array<ArrayBufferLike> = content.slice();
  for (const operation of operations) {
    if (operation.file !== role || operation.kind === "flush") continue;
    if (operation.kind === "truncate") {
      bytes = bytes.slice(0, operation.sizeBytes);
      continue;
    }
    const end = operation.kind === "grow" ? operation.sizeBytes : operation.offset + operation.bytes.length;
    if (end > bytes.length) bytes = lengthened(bytes, end);
    if (operation.kind === "write") bytes.set(operation.bytes, operation.offset);
  }
  return bytes;
}

function lengthened(bytes: Uint8Array, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(sizeBytes);
  longer.set(bytes);
  return longer;
}
