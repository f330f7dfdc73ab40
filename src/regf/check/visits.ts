/** What the walk hands to the rules: keys, their lists, values and security, each proved to be there. */
import type { CellOffset } from "../format/offsets.ts";
import type { SubkeyListKind } from "../format/subkey-list.ts";

export interface KeyVisit {
  readonly cell: CellOffset;
  readonly contentSize: number;
  readonly parent: KeyVisit | undefined;
  /** The root's is 0. */
  readonly depth: number;
  readonly flags: number;
  readonly name: string;
  readonly compressed: boolean;
}

export interface SubkeyEntry {
  readonly key: KeyVisit;
  /** The hash of `lh`, the characters of `lf`; undefined in `li`. */
  readonly hint: number | undefined;
  readonly list: ListVisit;
}

export interface ListVisit {
  readonly cell: CellOffset;
  readonly kind: SubkeyListKind;
  readonly count: number;
}

export interface ValueVisit {
  readonly cell: CellOffset;
  readonly name: string;
  readonly compressed: boolean;
  /** Bytes of data. */
  readonly dataSize: number;
  readonly isInline: boolean;
  readonly flags: number;
  /** The cells of big data; empty where the data is stored otherwise. */
  readonly segments: readonly SegmentVisit[];
}

export interface SegmentVisit {
  readonly cell: CellOffset;
  /** Of the content. */
  readonly sizeBytes: number;
}

/** A security descriptor; `keyCount` keys use it. */
export interface DescriptorVisit {
  readonly cell: CellOffset;
  readonly keyCount: number;
  /** The keys that use it, as it says itself. */
  readonly declaredCount: number;
  /** The next of the ring; undefined where none is there, and that is reported. */
  readonly next: CellOffset | undefined;
  /** Not copied; undefined where they are not all in the cell, and that is reported. */
  readonly bytes: Uint8Array | undefined;
}

/** What a key holds; entries that lead nowhere are reported by the walk and missing here. */
export interface KeyContents {
  readonly lists: readonly ListVisit[];
  /** Entries of all leaves, those that lead nowhere included; undefined where a list could not be read, and that is reported. */
  readonly listedCount: number | undefined;
  readonly subkeys: readonly SubkeyEntry[];
  readonly values: readonly ValueVisit[];
}

/** Names from below the root, with backslashes; "" is the root. */
export function pathOf(key: KeyVisit): string {
  const names: string[] = [];
  for (let at = key; at.parent !== undefined; at = at.parent) names.push(at.name);
  return names.reverse().join("\\");
}
