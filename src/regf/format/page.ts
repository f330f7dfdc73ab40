/** The units in which a hive is sized, made dirty and written. */

/** Bins are sized in pages, new logs hold whole pages, and a commit writes whole pages. */
export const PAGE_SIZE = 4096;

/** The unit of the old log's bitmap, and what a disk writes as one. */
export const SECTOR_SIZE = 512;

export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

export function roundDown(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}
