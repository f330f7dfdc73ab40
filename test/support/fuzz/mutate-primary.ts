/** The ways in which the bytes of a hive are damaged: bytes, words, fields, cells, pages. */
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { SECURITY } from "../../../src/regf/format/security.ts";
import { VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import type { Random } from "../random.ts";
import { withBaseBlock } from "../sample-hive.ts";
import type { Structures } from "./structures.ts";

const PAGE = 4096;

/** Ends of ranges, "no cell", in use and free, and small numbers. */
const WORDS = [
  0, 1, 2, 4, 5, 8, 0x20, 0x24, 0x100, 0xfff, 0x1000, 0x3fd8, 0x3fd9, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000,
  0x8000_0004, 0x8000_0005, 0xffff_fff8, 0xffff_fffe, 0xffff_ffff,
] as const;

/** Changes the bytes where they lie, and says what it did; undefined when there was nothing to do it to. */
type Step = (random: Random, bytes: Uint8Array, structures: Structures) => string | undefined;

export const STEPS: readonly Step[] = [
  function someBytes(random, bytes) {
    const at = anywhere(random, bytes);
    for (let index = 0; index < random.between(1, 8) && at + index < bytes.length; index++) {
      bytes[at + index] = random.pick([0, 0xff, 0x7f, 0x80, random.next() & 0xff]);
    }
    return `bytes at ${at}`;
  },
  function bit(random, bytes) {
    const at = anywhere(random, bytes);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return `a bit at ${at}`;
  },
  function word(random, bytes) {
    return setWord(bytes, anywhere(random, bytes), random.pick(WORDS));
  },
  function wordFromElsewhere(random, bytes) {
    const from = anywhere(random, bytes);
    return setWord(bytes, anywhere(random, bytes), viewOf(bytes).getUint32(Math.min(from, bytes.length - 4), true));
  },
  keyField,
  keyField,
  keyField,
  function valueField(random, bytes, { vk, nk }) {
    return field(random, bytes, vk, [...Object.values(VALUE_NODE.fields)], nk);
  },
  function securityField(random, bytes, { sk }) {
    return field(random, bytes, sk, [...Object.values(SECURITY.fields)], sk);
  },
  function listEntry(random, bytes, { lf, lh, li, ri, nk, other }) {
    const list = pickOf(random, [...lf, ...lh, ...li, ...ri, ...other.slice(0, 200)]);
    if (list === undefined) return undefined;
    const at = list + 4 + 2 * random.below(40);
    const target = pickOf(random, random.once(2) ? nk : [...lf, ...lh]);
    return setWord(bytes, at, target === undefined || random.once(2) ? random.pick(WORDS) : target - PAGE);
  },
  function cellSize(random, bytes, structures) {
    const cell = pickOf(random, random.pick(Object.values(structures)));
    if (cell === undefined) return undefined;
    const size = viewOf(bytes).getInt32(cell, true);
    return setWord(bytes, cell, random.pick([-size, size + 8, size - 8, 0, 4, -4, size * 2, 0x7fff_fff8]) >>> 0);
  },
  function binHeader(random, bytes) {
    const bin = PAGE * random.between(1, Math.max(1, Math.floor(bytes.length / PAGE) - 1));
    return setWord(bytes, bin + random.pick([0, 4, 8, 20]), random.pick(WORDS));
  },
  function baseBlock(random, bytes) {
    const at = random.pick([0, 4, 8, 12, 20, 24, 28, 32, 36, 40, 44, 144, 164, 508, random.below(508)]);
    setWord(bytes, at, random.pick(WORDS));
    if (random.once(4) || bytes.length < 512) return `the base block at ${at}`;
    bytes.set(withBaseBlock(bytes.subarray(0, 512), {}));
    return `the base block at ${at}, with a checksum that fits`;
  },
  function zeroPage(random, bytes) {
    const page = somePage(random, bytes);
    bytes.fill(random.pick([0, 0, 0xff]), page, page + PAGE);
    return `a wiped page at ${page}`;
  },
  function copyPage(random, bytes) {
    const [from, to] = [somePage(random, bytes), somePage(random, bytes)];
    bytes.copyWithin(to, from, from + PAGE);
    return `the page at ${from} once more at ${to}`;
  },
  function swapPages(random, bytes) {
    const [one, other] = [somePage(random, bytes), somePage(random, bytes)];
    const kept = bytes.slice(one, one + PAGE);
    bytes.copyWithin(one, other, other + PAGE);
    bytes.set(kept.subarray(0, bytes.length - other), other);
    return `the pages at ${one} and ${other} swapped`;
  },
  function splice(random, bytes) {
    const [from, to] = [anywhere(random, bytes), anywhere(random, bytes)];
    const length = random.between(8, 600);
    bytes.copyWithin(to, from, from + length);
    return `${length} bytes of ${from} at ${to}`;
  },
  function structureOverAnother(random, bytes, structures) {
    const [from, to] = [pickOf(random, allOf(structures)), pickOf(random, allOf(structures))];
    if (from === undefined || to === undefined) return undefined;
    bytes.copyWithin(to + 4, from + 4, from + 4 + random.pick([2, 20, 76, 100]));
    return `the structure at ${from} over that at ${to}`;
  },
];

function keyField(random: Random, bytes: Uint8Array, { nk, vk, lh, lf, other }: Structures): string | undefined {
  return field(random, bytes, nk, [...Object.values(KEY_NODE.fields)], random.pick([nk, vk, lh, lf, other]));
}

interface Place {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** A field gets a word that means something, or the place of another structure. */
function field(
  random: Random,
  bytes: Uint8Array,
  cells: readonly number[],
  fields: readonly Place[],
  targets: readonly number[],
): string | undefined {
  const cell = pickOf(random, cells);
  if (cell === undefined) return undefined;
  const { offset, sizeBytes } = random.pick(fields);
  const target = pickOf(random, targets);
  const value = target === undefined || random.once(2) ? random.pick(WORDS) : target - PAGE;
  const at = cell + 4 + offset;
  if (at + sizeBytes > bytes.length) return undefined;
  if (sizeBytes === 1) bytes[at] = value;
  else if (sizeBytes === 2) viewOf(bytes).setUint16(at, value & 0xffff, true);
  else setWord(bytes, at, value);
  return `the field at ${at} is ${value}`;
}

function setWord(bytes: Uint8Array, at: number, value: number): string | undefined {
  if (at + 4 > bytes.length) return undefined;
  viewOf(bytes).setUint32(at, value, true);
  return `the word at ${at} is ${value}`;
}

/** Mostly in the bins; the base block has a step of its own. */
function anywhere(random: Random, bytes: Uint8Array): number {
  return bytes.length <= PAGE ? random.below(Math.max(1, bytes.length)) : random.between(PAGE, bytes.length - 1);
}

function somePage(random: Random, bytes: Uint8Array): number {
  return Math.floor(anywhere(random, bytes) / PAGE) * PAGE;
}

function pickOf<T>(random: Random, choices: readonly T[]): T | undefined {
  return choices.length === 0 ? undefined : random.pick(choices);
}

function allOf(structures: Structures): readonly number[] {
  return [...structures.nk, ...structures.vk, ...structures.lh, ...structures.lf, ...structures.sk];
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
