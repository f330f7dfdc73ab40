/** Every way in which a base block can be torn that still passes for one; and one that does not. */
import type { Images } from "./simulated-disk.ts";

const HEADER = 512;
const CHECKSUM = 508;
const SEQUENCES = { start: 4, end: 12 };

/** Beyond so many different places not every mixture is tried. */
const MAX_DIFFERENT = 16;

/**
 * Mixtures of two base blocks with a valid checksum, neither of the two among them; and one without, if there is any. Any byte may be of either time, but
 * each of the two sequences is of one: bytes of two times within a number are tried only as a disk would leave them, which writes from one end to the other.
 */
export function tornHeaders(before: Uint8Array, after: Uint8Array): Uint8Array[] {
  const [from, to] = [before.slice(0, HEADER), after.slice(0, HEADER)];
  if (Buffer.compare(from, to) === 0) return [];
  const torn = [...mixtures(from, to), ...ends(from, to), ...ends(to, from)];
  const different = new Map(torn.map((header) => [Buffer.from(header).toString("latin1"), header] as const));
  for (const known of [from, to]) different.delete(Buffer.from(known).toString("latin1"));
  const headers = [...different.values()];
  const invalid = headers.find((header) => !isValid(header));
  return [...headers.filter(isValid), ...(invalid === undefined ? [] : [invalid])];
}

interface Place {
  readonly start: number;
  readonly end: number;
  /** How the sum of all other dwords, and the checksum, change with it. */
  readonly sum: number;
  readonly checksum: number;
}

/** Those with a valid checksum, and the first without. */
function mixtures(before: Uint8Array, after: Uint8Array): Uint8Array[] {
  const places = differences(before, after);
  if (places.length > MAX_DIFFERENT) throw new Error(`${places.length} places differ: too many to try each mixture`);
  const difference = (sumOf(before) ^ checksumOf(before)) >>> 0;
  const found: Uint8Array[] = [];
  let hasInvalid = false;
  for (let chosen = 1; chosen < (1 << places.length) - 1; chosen++) {
    const parts = places.filter((_, index) => (chosen & (1 << index)) !== 0);
    const isFit = parts.reduce((rest, { sum, checksum }) => rest ^ sum ^ checksum, difference) === 0;
    if (!isFit && hasInvalid) continue;
    hasInvalid ||= !isFit;
    const mixture = before.slice();
    for (const { start, end } of parts) mixture.set(after.subarray(start, end), start);
    found.push(mixture);
  }
  return found;
}

function differences(before: Uint8Array, after: Uint8Array): Place[] {
  const places: Place[] = [];
  for (let start = 0; start < HEADER; ) {
    const end = start + (start >= SEQUENCES.start && start < SEQUENCES.end ? 4 : 1);
    const changed = before.slice();
    changed.set(after.subarray(start, end), start);
    if (Buffer.compare(before, changed) !== 0) {
      const [sum, checksum] = [sumOf(before) ^ sumOf(changed), checksumOf(before) ^ checksumOf(changed)];
      places.push({ start, end, sum, checksum });
    }
    start = end;
  }
  return places;
}

/** The first bytes are written, the others are not. */
function ends(before: Uint8Array, after: Uint8Array): Uint8Array[] {
  return Array.from({ length: SEQUENCES.end - SEQUENCES.start - 1 }, (_, index) => {
    const mixture = before.slice();
    mixture.set(after.subarray(0, SEQUENCES.start + 1 + index));
    return mixture;
  });
}

function isValid(header: Uint8Array): boolean {
  const sum = sumOf(header) >>> 0;
  return checksumOf(header) === (sum === 0 ? 1 : sum === 0xffff_ffff ? 0xffff_fffe : sum);
}

function sumOf(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, HEADER);
  let sum = 0;
  for (let at = 0; at < CHECKSUM; at += 4) sum ^= view.getUint32(at, true);
  return sum;
}

function checksumOf(header: Uint8Array): number {
  return new DataView(header.buffer, header.byteOffset, HEADER).getUint32(CHECKSUM, true);
}

export function withHeader(images: Images, file: string, header: Uint8Array): Images {
  const bytes = (images.get(file) as Uint8Array).slice();
  bytes.set(header);
  return new Map([...images, [file, bytes]]);
}
