/** An NSI record of what an interface has of its own for IPv6 beside addresses: read only so far as to tell that somebody changed it. */

/** Of the records that are understood so far: 8.1 and 10 1903 have 464 bytes, 10 21H2 has 480. Windows 7's are of another form, and it has none for Ethernet. */
const KNOWN_SIZES_BYTES: readonly number[] = [464, 480];

/** What the Ethernet interfaces of those hives have, where nobody had changed anything, in place of 0xFF ("as Windows has it"): zeros; what they mean is not known. */
const ZEROS: readonly Range[] = [
  [32, 44],
  [120, 124],
  [216, 220],
];

/** An automatic address and whether there is one (in IPv4's records of the same form). */
const RUNTIME: Range = [136, 153];

type Range = readonly [from: number, to: number];

/** The first byte that is not as Windows has it; undefined for none, and for a record of another size, of which nothing can be told. */
export function firstChangedByte(record: Uint8Array): number | undefined {
  if (!KNOWN_SIZES_BYTES.includes(record.length)) return undefined;
  const found = record.findIndex((byte, index) => !isIn(RUNTIME, index) && byte !== usualAt(index));
  return found < 0 ? undefined : found;
}

function usualAt(index: number): number {
  return ZEROS.some((range) => isIn(range, index)) ? 0 : 0xff;
}

function isIn([from, to]: Range, index: number): boolean {
  return index >= from && index < to;
}
