/** Walks the values of one key, and the cells that hold their data. */
import { KEY_NODE } from "../format/key-node.ts";
import { type CellOffset, toFile } from "../format/offsets.ts";
import { VALUE_LIST_ENTRY } from "../format/value-list.ts";
import { DATA_INLINE, VALUE_FLAG, VALUE_NODE, VALUE_NODE_NAME, VALUE_NODE_SIGNATURE } from "../format/value-node.ts";
import { readName } from "../read/node-name.ts";
import { valueCount } from "../read/value-count.ts";
import type { Claims } from "./claims.ts";
import { claimData } from "./value-data.ts";
import type { KeyVisit, ValueVisit } from "./visits.ts";

const { fields: VALUE } = VALUE_NODE;

export function walkValues(claims: Claims, key: KeyVisit): ValueVisit[] {
  const { bins } = claims;
  const count = valueCount(bins, key.cell);
  if (count === 0) return [];
  const list = bins.get(key.cell, KEY_NODE.fields.values);
  const needed = count * VALUE_LIST_ENTRY.sizeBytes;
  const from = toFile(key.cell);
  if (claims.claim(list, { structure: "value list", needed, from, key }) === undefined) return [];
  const values: ValueVisit[] = [];
  for (let index = 0; index < count; index++) {
    const cell = bins.get(list, VALUE_LIST_ENTRY.fields.cell, index * VALUE_LIST_ENTRY.sizeBytes);
    const value = claimValue(claims, cell, list, key);
    if (value !== undefined) values.push(value);
  }
  return values;
}

function claimValue(claims: Claims, cell: CellOffset, list: CellOffset, key: KeyVisit): ValueVisit | undefined {
  const { bins } = claims;
  const from = toFile(list);
  const contentSize = claims.claim(cell, { structure: "value", needed: VALUE_NODE.sizeBytes, from, key });
  if (contentSize === undefined || !claims.hasSignature(cell, VALUE_NODE_SIGNATURE, "value", key)) return undefined;
  const flags = bins.get(cell, VALUE.flags);
  const compressed = (flags & VALUE_FLAG.compressedName) !== 0;
  const sizeBytes = bins.get(cell, VALUE.nameSize);
  const name = { structure: "value", start: VALUE_NODE_NAME, sizeBytes, compressed } as const;
  if (!claims.hasName(cell, contentSize, name, key)) return undefined;
  const stored = bins.get(cell, VALUE.dataSize);
  const dataSize = stored % DATA_INLINE;
  const isInline = stored >= DATA_INLINE;
  const segments = isInline || dataSize === 0 ? [] : claimData(claims, cell, dataSize, key);
  return { cell, name: readName(bins, cell, name), compressed, dataSize, isInline, flags, segments };
}
