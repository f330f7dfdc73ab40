/** One sentence for every problem. */
import { hexNumber as hex } from "../bytes/hex.ts";
import { printable } from "../bytes/printable.ts";
import { NIL, toFile } from "./format/offsets.ts";
import type { Problem, ProblemCode, ProblemDetail } from "./problem.ts";

/** Without the place: a problem's `at` and `key` are shown beside it. Ends without a full stop. */
export function describe(found: Problem): string {
  const sentence = SENTENCES[found.code] as (found: ProblemDetail) => string;
  return sentence(found);
}

const place = (cell: number): string => (cell === NIL ? "nowhere" : hex(toFile(cell)));

function quoted(name: string): string {
  return `"${printable(name)}"`;
}

type Sentences = { readonly [Code in ProblemCode]: (found: Extract<ProblemDetail, { code: Code }>) => string };

/** A code without a sentence does not compile. */
// biome-ignore format: one line for each sentence
const SENTENCES: Sentences = {
  "empty-file": () => "The file is empty",
  "not-a-hive": (it) => `This is not a registry hive: it begins with ${it.found}, not with "regf"`,
  "short-file": (it) => `The file begins as a registry hive, but it has only ${it.size} of at least ${it.needed} bytes`,
  "is-a-log": (it) => `This is the log of a registry hive (type ${it.fileType}), not the hive itself`,
  "unsupported-version": (it) => `Version ${it.major}.${it.minor} of the hive format is not supported`,
  "unsupported-base-block": (it) => `The base block's ${it.field} is ${it.found} instead of ${it.expected}; Windows refuses such a hive`,
  "bad-bins-size": (it) => `The base block says that the bins have ${it.size} bytes, which cannot be`,
  truncated: (it) => `The file is truncated: it should have at least ${it.size} bytes, and has ${it.available}`,
  "dirty-without-logs": describeDirty,
  "bad-checksum": (it) => `The base block's checksum is ${hex(it.declared)}, but its bytes make ${hex(it.computed)}`,
  "sequences-differ": (it) => `The hive was not written completely: its sequences are ${it.primarySequence} and ${it.secondarySequence}`,
  "bad-signature": (it) => `A ${it.structure} should begin with "${it.expected}", but begins with ${it.found}`,
  "bad-bin-offset": (it) => `A bin says that it is at ${place(it.declared)}, but it is at ${place(it.actual)}`,
  "bad-bin-size": (it) => `A bin says that it has ${it.size} bytes; it must be a multiple of 4096, and ${it.available} bytes are left`,
  "bad-cell-size": (it) => `A cell says that it has ${it.size} bytes; it must be a multiple of 8, and ${it.available} bytes are left in its bin`,
  "adjacent-free-cells": () => "Two free cells stand side by side; Windows always joins them",
  "cell-leaked": (it) => `A cell of ${it.size} bytes is in use, but nothing refers to it`,
  "cell-missing": (it) => `A ${it.structure} is needed, but no cell is given for it`,
  "cell-outside-bins": (it) => `The ${it.structure} should be at ${place(it.cell)}, which is outside the hive's bins`,
  "cell-misplaced": (it) => `The ${it.structure} should be at ${place(it.cell)}, where no cell begins`,
  "cell-free": (it) => `The ${it.structure} should be at ${place(it.cell)}, but that cell is free`,
  "cell-shared": (it) => `The ${it.structure} at ${place(it.cell)} is used a second time`,
  "cell-too-small": (it) => `The ${it.structure} needs ${it.needed} bytes, but its cell holds ${it.size}`,
  "key-too-large": (it) => `A key's cell holds ${it.size} bytes; Windows accepts at most ${it.largest}`,
  "key-too-deep": (it) => `Keys are nested deeper than ${it.deepest} levels`,
  "bad-name": (it) => `The name of a ${it.structure} (${it.size} bytes) is wrong: ${it.reason}`,
  "name-not-compressed": (it) => `The name ${quoted(it.name)} of a ${it.structure} is stored as UTF-16, where Windows stores one byte a character`,
  "wrong-parent": (it) => `A key says that its parent is at ${place(it.declared)}, but it is at ${place(it.actual)}`,
  "bad-root-flags": (it) => `The root key's flags are ${hex(it.flags)}, which does not mark it as the root`,
  "root-flag-below-root": (it) => `A key below the root is marked as the root (flags ${hex(it.flags)})`,
  "class-missing": (it) => `A key has a class name of ${it.size} bytes, but no cell for it`,
  "count-disagrees": (it) => `A key says that it has ${it.declared} ${it.what}, but its lists hold ${it.counted}`,
  "empty-list": () => "A subkey list is empty",
  "nested-list": () => "A list of subkey lists holds another list of lists",
  "unusual-list": (it) => `A subkey list of kind "${it.kind}" is unusual in version 1.${it.minor}`,
  "wrong-order": (it) => `The subkey ${quoted(it.name)} comes after ${quoted(it.before)}, so that Windows cannot find every subkey`,
  "duplicate-name": (it) => `There are two ${it.structure}s with the name ${quoted(it.name)}`,
  "wrong-hash": (it) => `The list holds ${hex(it.declared)} for the subkey ${quoted(it.name)} instead of ${hex(it.computed)}, so that Windows cannot find it`,
  "bad-inline-size": (it) => `A value holds ${it.size} bytes in itself, where 4 have room`,
  "data-too-large": (it) => `A value's data has ${it.size} bytes, but its cell holds ${it.available}`,
  "bad-segment-count": (it) => `A value's data is in ${it.declared} segments; its size needs ${it.needed}`,
  "zero-size-not-inline": () => "A value without data is not marked as Windows marks it",
  "bad-descriptor-size": (it) => `A security descriptor has ${it.size} bytes, but its cell holds ${it.available}`,
  "security-ring-broken": (it) => `The next security descriptor, at ${place(it.next)}, does not refer back but to ${place(it.previousOfNext)}`,
  "security-outside-ring": () => "A key's security descriptor is not in the ring of the hive's descriptors",
  "security-count-too-low": (it) => `A security descriptor says that ${it.declared} keys use it, but ${it.counted} do`,
  "security-count-too-high": (it) => `A security descriptor says that ${it.declared} keys use it, but only ${it.counted} do`,
  "hint-too-low": (it) => `A key says that its ${it.hint} is ${it.declared}, but it is ${it.needed}`,
};

function describeDirty(it: Extract<ProblemDetail, { code: "dirty-without-logs" }>): string {
  const why = it.checksumValid
    ? `its sequences are ${it.primarySequence} and ${it.secondarySequence}`
    : "its base block's checksum is wrong";
  const logs = it.reasons.length === 0 ? "there are none" : it.reasons.join("; ");
  return `The hive was not written completely (${why}), and no log can complete it: ${logs}`;
}
