/** A time as Windows keeps it, and as a file's name holds it. */
import { fileTimeOf } from "../bytes/file-time.ts";

/** FILETIME. */
export function fileTime(date: Date): bigint {
  return fileTimeOf(date.getTime());
}

/** "2026-03-01T12-34-56Z": UTC without colons, which Windows forbids in names. */
export function timeStamp(date: Date): string {
  return date.toISOString().replace(/\.\d+/, "").replaceAll(":", "-");
}
