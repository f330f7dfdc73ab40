/** Walks the values of one key, and the cells that hold their data. */
import { BIG_DATA, BIG_DATA_MINOR, BIG_DATA_SEGMENT_SIZE, BIG_DATA_SIGNATURE } from "../format/big-data.ts";
import { KEY_NODE } from "../format/key-node.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { VALUE_LIST_ENTRY } from "../format/value-list.ts";
import { DATA_INLINE, VALUE_FLAG, VALUE_NODE, VALUE_NODE_NAME, VALUE_NODE_SIGNATURE } from "../format/value-node.ts";
import { readName } from "../read/node-name.ts";
import type { Claims } from "./claims.ts";
import type { KeyVisit, ValueVisit } from "./visits.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;

export function walkValues(claims: Claims, key: KeyVisit): ValueVisit[] {
  const { bins } = claims;
  const count = bins.get(key.cell, KEY.valueCount);
  if (count === 0) return [];
  const list = bins.get(key.cell, KEY.values);
  const needed = count * VALUE_LIST_ENTRY.sizeBytes;
  if (claims.claim(list, { structure: "value list", needed, from: key.cell, key }) === undefined) return [];
  const values: ValueVisit[] = [];
  for (let index = 0; index < count; index++) {
    const cell = bins.get(list, VALUE_LIST_ENTRY.fields.cell, index * VALUE_LIST_ENTRY.sizeBytes);
    const value = claimValue(claims, cell, list, key);
    if (value === undefined) continue;
    values.push(value);
    if (!value.isInline && value.dataSize > 0) claimData(claims, value, key);
  }
  return values;
}

function claimValue(claims: Claims, cell: CellOffset, from: CellOffset, key: KeyVisit): ValueVisit | undefined {
  const { bins } = claims;
  const contentSize = claims.claim(cell, { structure: "value", needed: VALUE_NODE.sizeBytes, from, key });
  if (contentSize === undefined || !claims.hasSignature(cell, VALUE_NODE_SIGNATURE, "value", key)) return undefined;
  const compressed = (bins.get(cell, VALUE.flags) & VALUE_FLAG.compressedName) !== 0;
  const sizeBytes = bins.get(cell, VALUE.nameSize);
  const name = { structure: "value", start: VALUE_NODE_NAME, sizeBytes, compressed } as const;
  if (!claims.hasName(cell, contentSize, name, key)) return undefined;
  const stored = bins.get(cell, VALUE.dataSize);
  return {
    cell,
    name: readName(bins, cell, name),
    compressed,
    dataSize: stored % DATA_INLINE,
    isInline: stored >= DATA_INLINE,
  };
}

function claimData(claims: Claims, value: ValueVisit, key: KeyVisit): void {
  const data = claims.bins.get(value.cell, VALUE.data);
  if (value.dataSize > BIG_DATA_SEGMENT_SIZE && claims.minorVersion >= BIG_DATA_MINOR) {
    claimBigData(claims, data, value, key);
  } else {
    claims.claim(data, { structure: "value data", needed: value.dataSize, from: value.cell, key });
  }
}

function claimBigData(claims: Claims, cell: CellOffset, value: ValueVisit, key: KeyVisit): void {
  const { bins } = claims;
  const claim = { structure: "big data", needed: BIG_DATA.sizeBytes, from: value.cell, key } as const;
  if (claims.claim(cell, claim) === undefined) return;
  if (!claims.hasSignature(cell, BIG_DATA_SIGNATURE, "big data", key)) return;
  const declared = bins.get(cell, BIG_DATA.fields.segmentCount);
  const needed = Math.ceil(value.dataSize / BIG_DATA_SEGMENT_SIZE);
  if (declared !== needed) {
    claims.add(toFile(cell), { code: "bad-segment-count", declared, needed }, key);
    return;
  }
  const list = bins.get(cell, BIG_DATA.fields.segments);
  const listSize = needed * VALUE_LIST_ENTRY.sizeBytes;
  if (claims.claim(list, { structure: "big data list", needed: listSize, from: cell, key }) === undefined) return;
  for (let index = 0; index < needed; index++) {
    const segment = bins.get(list, VALUE_LIST_ENTRY.fields.cell, index * VALUE_LIST_ENTRY.sizeBytes);
    const length = Math.min(BIG_DATA_SEGMENT_SIZE, value.dataSize - index * BIG_DATA_SEGMENT_SIZE);
    claims.claim(segment, { structure: "big data segment", needed: length, from: list, key });
  }
}
