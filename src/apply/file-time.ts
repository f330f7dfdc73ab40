/** A time as Windows keeps it, and as a file's name holds it. */

const UNIX_EPOCH = 116_444_736_000_000_000n;

/** FILETIME: 100 ns since 1601-01-01 UTC (Microsoft, "FILETIME structure"). */
export function fileTime(date: Date): bigint {
  return BigInt(date.getTime()) * 10_000n + UNIX_EPOCH;
}

/** "2026-03-01T12-34-56Z": UTC without colons, which Windows forbids in names. */
export function timeStamp(date: Date): string {
  return date.toISOString().replace(/\.\d+/, "").replaceAll(":", "-");
}
