/** FILETIMEs in words, and how much two of them may differ and still be of the same boot. */

const TICKS_PER_MILLISECOND = 10_000n;

/** From 1601-01-01, where FILETIME begins, to 1970-01-01. */
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

/**
 * Devices are enumerated and started within the minute of a boot in every hive that was measured (XP, 2003, 7, 8.1, 10);
 * ten minutes leave room for slow firmware and late drivers.
 */
export const BOOT_SLACK: bigint = 10n * 60n * 1000n * TICKS_PER_MILLISECOND;

/** "2012-04-04 11:47 UTC". Any 64 bits are a date that JavaScript can hold, the last one in the year 60056. */
export function dateText(fileTime: bigint): string {
  const milliseconds = fileTime / TICKS_PER_MILLISECOND - EPOCH_DIFFERENCE_MS;
  const iso = new Date(Number(milliseconds)).toISOString();
  return `${iso.slice(0, -8).replace("T", " ")} UTC`;
}
