/** Every way in which a base block can be torn, byte by byte, that still passes for one; and one that does not. */
import type { Images } from "./simulated-disk.ts";

const HEADER = 512;
const CHECKSUM = 508;

/** Beyond so many different bytes not every mixture is tried. */
const MAX_DIFFERENT = 12;

/** Mixtures of two base blocks with a valid checksum, neither of the two among them; and one without, if there is any. */
export function tornHeaders(before: Uint8Array, after: Uint8Array): Uint8Array[] {
  const places: number[] = [];
  for (let at = 0; at < HEADER; at++) if (before[at] !== after[at]) places.push(at);
  if (places.length > MAX_DIFFERENT) throw new Error(`${places.length} bytes differ: too many to try each mixture`);
  const torn: Uint8Array[] = [];
  let invalid: Uint8Array | undefined;
  for (let chosen = 1; chosen < (1 << places.length) - 1; chosen++) {
    const mixture = before.slice(0, HEADER);
    places.forEach((at, index) => {
      if ((chosen & (1 << index)) !== 0) mixture[at] = after[at] as number;
    });
    if (isValid(mixture)) torn.push(mixture);
    else invalid ??= mixture;
  }
  return invalid === undefined ? torn : [...torn, invalid];
}

function isValid(header: Uint8Array): boolean {
  const view = new DataView(header.buffer, header.byteOffset, HEADER);
  let sum = 0;
  for (let at = 0; at < CHECKSUM; at += 4) sum ^= view.getUint32(at, true);
  sum >>>= 0;
  return view.getUint32(CHECKSUM, true) === (sum === 0 ? 1 : sum === 0xffff_ffff ? 0xffff_fffe : sum);
}

export function withHeader(images: Images, file: string, header: Uint8Array): Images {
  const bytes = (images.get(file) as Uint8Array).slice();
  bytes.set(header);
  return new Map([...images, [file, bytes]]);
}
