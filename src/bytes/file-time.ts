/** Turns times as Windows keeps them into times as JavaScript keeps them, and back. */

/** A FILETIME counts 100 ns since 1601-01-01 UTC (Microsoft, "FILETIME structure"). */
export const FILE_TIME_TICKS_PER_MS = 10_000n;

/** From 1601-01-01 to 1970-01-01. */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

export function fileTimeOf(unixTimeMs: number): bigint {
  return (BigInt(unixTimeMs) + EPOCH_DIFFERENCE_MS) * FILE_TIME_TICKS_PER_MS;
}

/** What is less than a millisecond is left out. Any 64 bits are a date that JavaScript can hold, the last one in the year 60056. */
export function dateOfFileTime(fileTime: bigint): Date {
  return new Date(Number(fileTime / FILE_TIME_TICKS_PER_MS - EPOCH_DIFFERENCE_MS));
}

/** "2012-04-04 11:47 UTC". */
export function fileTimeText(fileTime: bigint): string {
  const iso = dateOfFileTime(fileTime).toISOString();
  return `${iso.slice(0, -8).replace("T", " ")} UTC`;
}
