/** Former bytes as text for a receipt: a file's regions one after the other, deflated, in base64. */
import { Buffer } from "node:buffer";
import { deflateSync, inflateSync } from "node:zlib";
import type { Region } from "../../regf/index.ts";

/** Where a region lies in its file. */
export interface RegionPlace {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** A receipt's former bytes are pages of one hive and of two logs; a receipt that claims more is not read. */
const MAX_UNPACKED_BYTES = 1 << 29;

export function packRegions(regions: readonly Region[]): { regions: RegionPlace[]; deflated: string } {
  const places = regions.map(({ offset, bytes }) => ({ offset, sizeBytes: bytes.length }));
  return {
    regions: places,
    deflated: deflateSync(Buffer.concat(regions.map(({ bytes }) => bytes))).toString("base64"),
  };
}

/** undefined: the text is not what the places say it is. */
export function unpackRegions(places: readonly RegionPlace[], deflated: string): Region[] | undefined {
  const sizeBytes = places.reduce((sum, place) => sum + place.sizeBytes, 0);
  if (sizeBytes > MAX_UNPACKED_BYTES) {
    return undefined;
  }
  const bytes = inflate(deflated, sizeBytes);
  if (bytes === undefined) {
    return undefined;
  }
  let start = 0;
  return places.map((place) => {
    const region = { offset: place.offset, bytes: bytes.subarray(start, start + place.sizeBytes) };
    start += place.sizeBytes;
    return region;
  });
}

function inflate(deflated: string, sizeBytes: number): Uint8Array | undefined {
  try {
    // The bound must be at least 1; the length is compared anyway.
    const bytes = inflateSync(Buffer.from(deflated, "base64"), { maxOutputLength: Math.max(1, sizeBytes) });
    return bytes.length === sizeBytes ? new Uint8Array(bytes.buffer, bytes.byteOffset, sizeBytes) : undefined;
  } catch {
    return undefined; // cut, altered, or longer than the places say
  }
}
