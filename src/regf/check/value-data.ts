/** Walks the cells that hold the data of one value. */
import { BIG_DATA, BIG_DATA_MINOR, BIG_DATA_SEGMENT_SIZE, BIG_DATA_SIGNATURE } from "../format/big-data.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { VALUE_LIST_ENTRY } from "../format/value-list.ts";
import { VALUE_NODE } from "../format/value-node.ts";
import type { Claims } from "./claims.ts";
import type { KeyVisit, SegmentVisit } from "./visits.ts";

const NO_SEGMENTS: readonly SegmentVisit[] = [];

/** Data that is not inline. Returns the segments of big data. */
export function claimData(claims: Claims, value: CellOffset, size: number, key: KeyVisit): readonly SegmentVisit[] {
  const data = claims.bins.get(value, VALUE_NODE.fields.data);
  const at = toFile(value);
  if (size > BIG_DATA_SEGMENT_SIZE && claims.minorVersion >= BIG_DATA_MINOR) {
    const available = claims.bins.sizeBytes;
    if (size <= available) return claimBigData(claims, data, { value, size, key });
    claims.add(at, { code: "data-too-large", size, available }, key);
    return NO_SEGMENTS;
  }
  const available = claims.claim(data, { structure: "value data", needed: 0, from: at, key });
  if (available !== undefined && available < size) claims.add(at, { code: "data-too-large", size, available }, key);
  return NO_SEGMENTS;
}

interface BigData {
  readonly value: CellOffset;
  readonly size: number;
  readonly key: KeyVisit;
}

function claimBigData(claims: Claims, cell: CellOffset, { value, size, key }: BigData): readonly SegmentVisit[] {
  const { bins } = claims;
  const at = toFile(cell);
  const claim = { structure: "big data", needed: BIG_DATA.sizeBytes, from: toFile(value), key } as const;
  if (claims.claim(cell, claim) === undefined) return NO_SEGMENTS;
  if (!claims.hasSignature(cell, BIG_DATA_SIGNATURE, "big data", key)) return NO_SEGMENTS;
  const declared = bins.get(cell, BIG_DATA.fields.segmentCount);
  const needed = Math.ceil(size / BIG_DATA_SEGMENT_SIZE);
  if (declared !== needed) {
    claims.add(at, { code: "bad-segment-count", declared, needed }, key);
    return NO_SEGMENTS;
  }
  const list = bins.get(cell, BIG_DATA.fields.segments);
  const listSize = needed * VALUE_LIST_ENTRY.sizeBytes;
  const listClaim = { structure: "big data list", needed: listSize, from: at, key } as const;
  if (claims.claim(list, listClaim) === undefined) return NO_SEGMENTS;
  const segments: SegmentVisit[] = [];
  for (let index = 0; index < needed; index++) {
    const segment = bins.get(list, VALUE_LIST_ENTRY.fields.cell, index * VALUE_LIST_ENTRY.sizeBytes);
    const length = Math.min(BIG_DATA_SEGMENT_SIZE, size - index * BIG_DATA_SEGMENT_SIZE);
    const from = toFile(list);
    const sizeBytes = claims.claim(segment, { structure: "big data segment", needed: length, from, key });
    if (sizeBytes !== undefined) segments.push({ cell: segment, sizeBytes });
  }
  return segments;
}
