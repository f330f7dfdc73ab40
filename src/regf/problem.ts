/** Everything that can be wrong with a hive, as data: a code, how bad it is, a place, and the numbers. */
import type { FileOffset } from "./format/offsets.ts";

/** Fatal: Windows would refuse the hive or lose something, or an edit could break it. Warning: Windows tolerates it. */
export type Severity = "fatal" | "warning";

/** The structure that refers, or that is wrong. */
export type StructureName =
  | "bin"
  | "cell"
  | "key"
  | "class name"
  | "subkey list"
  | "value list"
  | "value"
  | "value data"
  | "big data"
  | "big data list"
  | "big data segment"
  | "security";

/** Codes leave the program: they are never renamed, and a test pins them. */
export type ProblemDetail =
  // The file as a whole
  | { readonly code: "empty-file" }
  | { readonly code: "not-a-hive"; readonly found: string }
  | { readonly code: "short-file"; readonly size: number; readonly needed: number }
  | { readonly code: "is-a-log"; readonly fileType: number }
  | { readonly code: "unsupported-version"; readonly major: number; readonly minor: number }
  | {
      readonly code: "unsupported-base-block";
      readonly field: string;
      readonly found: number;
      readonly expected: number;
    }
  | { readonly code: "bad-bins-size"; readonly size: number }
  | { readonly code: "truncated"; readonly size: number; readonly available: number }
  | {
      readonly code: "dirty-without-logs";
      readonly checksumValid: boolean;
      readonly primarySequence: number;
      readonly secondarySequence: number;
      readonly reasons: readonly string[];
    }
  | { readonly code: "bad-checksum"; readonly declared: number; readonly computed: number }
  | { readonly code: "sequences-differ"; readonly primarySequence: number; readonly secondarySequence: number }
  // Any structure
  | {
      readonly code: "bad-signature";
      readonly structure: StructureName;
      readonly expected: string;
      readonly found: string;
    }
  // Bins and cells
  | { readonly code: "bad-bin-offset"; readonly declared: number; readonly actual: number }
  | { readonly code: "bad-bin-size"; readonly size: number; readonly available: number }
  | { readonly code: "bad-cell-size"; readonly size: number; readonly available: number }
  | { readonly code: "adjacent-free-cells" }
  | { readonly code: "cell-leaked"; readonly size: number }
  // A reference to a cell; `at` is where the reference stands, `cell` where it leads
  | { readonly code: "cell-missing"; readonly structure: StructureName }
  | { readonly code: "cell-outside-bins"; readonly structure: StructureName; readonly cell: number }
  | { readonly code: "cell-misplaced"; readonly structure: StructureName; readonly cell: number }
  | { readonly code: "cell-free"; readonly structure: StructureName; readonly cell: number }
  | { readonly code: "cell-shared"; readonly structure: StructureName; readonly cell: number }
  | {
      readonly code: "cell-too-small";
      readonly structure: StructureName;
      readonly size: number;
      readonly needed: number;
    }
  // Keys
  | { readonly code: "key-too-large"; readonly size: number; readonly largest: number }
  | { readonly code: "key-too-deep"; readonly deepest: number }
  | {
      readonly code: "bad-name";
      readonly structure: "key" | "value";
      readonly size: number;
      readonly reason: "empty" | "too long" | "odd size";
    }
  | { readonly code: "name-not-compressed"; readonly structure: "key" | "value"; readonly name: string }
  | { readonly code: "wrong-parent"; readonly declared: number; readonly actual: number }
  | { readonly code: "bad-root-flags"; readonly flags: number }
  | { readonly code: "root-flag-below-root"; readonly flags: number }
  | { readonly code: "class-missing"; readonly size: number }
  // Subkey lists
  | {
      readonly code: "count-disagrees";
      readonly what: "subkeys" | "values";
      readonly declared: number;
      readonly counted: number;
    }
  | { readonly code: "empty-list" }
  | { readonly code: "nested-list" }
  | { readonly code: "unusual-list"; readonly kind: string; readonly minor: number }
  | { readonly code: "wrong-order"; readonly name: string; readonly before: string }
  | { readonly code: "duplicate-name"; readonly structure: "key" | "value"; readonly name: string }
  | { readonly code: "wrong-hash"; readonly name: string; readonly declared: number; readonly computed: number }
  // Values
  | { readonly code: "bad-inline-size"; readonly size: number }
  | { readonly code: "data-too-large"; readonly size: number; readonly available: number }
  | { readonly code: "bad-segment-count"; readonly declared: number; readonly needed: number }
  | { readonly code: "zero-size-not-inline" }
  // Security
  | { readonly code: "bad-descriptor-size"; readonly size: number; readonly available: number }
  | { readonly code: "security-ring-broken"; readonly next: number; readonly previousOfNext: number }
  | { readonly code: "security-outside-ring" }
  | { readonly code: "security-count-too-low"; readonly declared: number; readonly counted: number }
  | { readonly code: "security-count-too-high"; readonly declared: number; readonly counted: number }
  // Hints
  | { readonly code: "hint-too-low"; readonly hint: string; readonly declared: number; readonly needed: number };

export type ProblemCode = ProblemDetail["code"];

/** One severity for each code. */
export const SEVERITIES = {
  "empty-file": "fatal",
  "not-a-hive": "fatal",
  "short-file": "fatal",
  "is-a-log": "fatal",
  "unsupported-version": "fatal",
  "unsupported-base-block": "fatal",
  "bad-bins-size": "fatal",
  truncated: "fatal",
  "dirty-without-logs": "fatal",
  "bad-checksum": "warning",
  "sequences-differ": "warning",
  "bad-signature": "fatal",
  "bad-bin-offset": "fatal",
  "bad-bin-size": "fatal",
  "bad-cell-size": "fatal",
  "adjacent-free-cells": "warning",
  "cell-leaked": "warning",
  "cell-missing": "fatal",
  "cell-outside-bins": "fatal",
  "cell-misplaced": "fatal",
  "cell-free": "fatal",
  "cell-shared": "fatal",
  "cell-too-small": "fatal",
  "key-too-large": "fatal",
  "key-too-deep": "fatal",
  "bad-name": "fatal",
  "name-not-compressed": "warning",
  "wrong-parent": "fatal",
  "bad-root-flags": "warning",
  "root-flag-below-root": "fatal",
  "class-missing": "warning",
  "count-disagrees": "fatal",
  "empty-list": "fatal",
  "nested-list": "fatal",
  "unusual-list": "warning",
  "wrong-order": "fatal",
  "duplicate-name": "fatal",
  "wrong-hash": "fatal",
  "bad-inline-size": "fatal",
  "data-too-large": "fatal",
  "bad-segment-count": "fatal",
  "zero-size-not-inline": "warning",
  "bad-descriptor-size": "fatal",
  "security-ring-broken": "fatal",
  "security-outside-ring": "fatal",
  "security-count-too-low": "fatal",
  "security-count-too-high": "warning",
  "hint-too-low": "warning",
} as const satisfies Record<ProblemCode, Severity>;

export type Problem = ProblemDetail & {
  readonly severity: Severity;
  readonly at: FileOffset;
  /** The key it was met at, when there is one: "ControlSet001\\Services"; "" is the root. A very long path is shortened in its middle. */
  readonly key?: string | undefined;
};

export function problem(at: FileOffset, detail: ProblemDetail, key?: string): Problem {
  return { ...detail, severity: SEVERITIES[detail.code], at, ...(key === undefined ? {} : { key }) };
}
