/** A second reader of hives and logs, by the format's description alone and without the engine: what a loader of Windows would make of the files. */
import type { Images } from "./simulated-disk.ts";

/** What is not known for certain of Windows' loaders, the boot loader's among them; a commit has to survive each. */
export interface LoaderRules {
  readonly name: string;
  /** "first": the boot loader may not get further than LOG1 (or the one log there is). */
  readonly logs: "all" | "first";
  /** "same": a log must be numbered and stamped exactly as the base block says, not only no earlier. */
  readonly belongs: "not earlier" | "same";
  /** With a base block that cannot be believed: which of several HvLE logs; and whether a DIRT log may be later than the first bin. */
  readonly torn: "newest" | "first" | "newest or later";
}

export const LOADERS: readonly LoaderRules[] = [
  { name: "kernel", logs: "all", belongs: "not earlier", torn: "newest" },
  { name: "LOG1 alone", logs: "first", belongs: "not earlier", torn: "newest" },
  { name: "strict", logs: "all", belongs: "same", torn: "newest" },
  { name: "strict, LOG1 alone", logs: "first", belongs: "same", torn: "first" },
  { name: "the first log for a torn base block", logs: "all", belongs: "not earlier", torn: "first" },
  { name: "a later stamp for a torn base block", logs: "all", belongs: "not earlier", torn: "newest or later" },
];

const BASE = 512;
const BINS = 4096;

/** The bins after recovery. Throws an Error for a hive that does not load. */
export function load(images: Images, name: string, rules: LoaderRules): Uint8Array {
  const primary = images.get(name);
  if (primary === undefined || primary.length < BINS + 4096) throw new Error("too short for a hive");
  const isValid = hasBaseBlock(primary);
  if (saysClean(primary)) {
    const end = BINS + u32(primary, 40);
    if (end > primary.length) throw new Error("clean, and shorter than it says");
    return primary.slice(BINS, end);
  }
  const files = [".LOG1", ".LOG2"].flatMap((end) => images.get(name + end) ?? []);
  const old = images.get(`${name}.LOG`);
  const candidates = files.length > 0 || old === undefined ? files : [old];
  const logs = rules.logs === "first" ? candidates.slice(0, 1) : candidates;
  const head: Head = isValid
    ? { first: u32(primary, 4), second: u32(primary, 8), stamp: u64(primary, 12) }
    : { first: undefined, second: undefined, stamp: u64(primary, BINS + 20) };
  const replay = chooseIncremental(logs, head, rules) ?? chooseDirt(logs, head, rules);
  if (replay === undefined) throw new Error("dirty, and no log applies");
  return replayed(primary, replay);
}

/** Whether logs do not matter. */
export function saysClean(primary: Uint8Array): boolean {
  return hasBaseBlock(primary) && u32(primary, 4) === u32(primary, 8);
}

/** Undefined sequences: the base block cannot be believed, and the stamp is the first bin's. */
interface Head {
  readonly first: number | undefined;
  readonly second: number | undefined;
  readonly stamp: bigint;
}

interface Patch {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

interface Step {
  readonly sizeBytes: number;
  readonly patches: readonly Patch[];
}

function replayed(primary: Uint8Array, steps: readonly Step[]): Uint8Array {
  let bins = primary.slice(BINS);
  for (const { sizeBytes, patches } of steps) {
    if (bins.length < sizeBytes) {
      const longer = new Uint8Array(sizeBytes);
      longer.set(bins);
      bins = longer;
    }
    for (const { offset, bytes } of patches) bins.set(bytes, offset);
  }
  return bins.slice(0, steps.at(-1)?.sizeBytes);
}

interface Entry extends Step {
  readonly sequence: number;
}

interface Incremental {
  readonly sequence: number;
  readonly stamp: bigint;
  readonly entries: readonly Entry[];
}

function chooseIncremental(files: readonly Uint8Array[], head: Head, rules: LoaderRules): Step[] | undefined {
  const logs = files.flatMap((bytes) => readIncremental(bytes) ?? []);
  const ascending = logs.toSorted((left, right) => (left.sequence - right.sequence) | 0);
  if (head.second === undefined) {
    const log = rules.torn === "first" ? logs[0] : ascending.at(-1);
    return log === undefined ? undefined : [...log.entries];
  }
  const steps: Entry[] = [];
  for (const log of ascending) {
    const last = steps.at(-1);
    if (last === undefined ? belongs(log, head, rules) : log.sequence === (last.sequence + 1) >>> 0) {
      steps.push(...log.entries);
    }
  }
  return steps.length === 0 ? undefined : steps;
}

function belongs({ sequence, stamp }: Incremental, head: Head, rules: LoaderRules): boolean {
  if (rules.belongs === "same") return sequence === head.second && stamp === head.stamp;
  return ((sequence - (head.second as number)) | 0) >= 0;
}

/** The same files are read under several rules. */
const read = new WeakMap<Uint8Array, { readonly log: Incremental | undefined }>();

function readIncremental(bytes: Uint8Array): Incremental | undefined {
  let found = read.get(bytes);
  if (found === undefined) {
    found = { log: parsedIncremental(bytes) };
    read.set(bytes, found);
  }
  return found.log;
}

function parsedIncremental(bytes: Uint8Array): Incremental | undefined {
  if (!hasBaseBlock(bytes) || u32(bytes, 4) !== u32(bytes, 8) || u32(bytes, 28) !== 6) return undefined;
  const entries: Entry[] = [];
  let expected = u32(bytes, 4);
  for (let at = BASE; at + 40 <= bytes.length; ) {
    const size = u32(bytes, at + 4);
    if (text(bytes, at) !== "HvLE" || size % 512 !== 0 || size < 512 || at + size > bytes.length) break;
    if (marvin(bytes, at, 32) !== u64(bytes, at + 32) || marvin(bytes, at + 40, size - 40) !== u64(bytes, at + 24))
      break;
    if (u32(bytes, at + 12) !== expected) break;
    const count = u32(bytes, at + 20);
    const patches: Patch[] = [];
    let from = at + 40 + count * 8;
    for (let index = 0; index < count; index++) {
      const length = u32(bytes, at + 44 + index * 8);
      patches.push({ offset: u32(bytes, at + 40 + index * 8), bytes: bytes.subarray(from, from + length) });
      from += length;
    }
    entries.push({ sequence: expected, sizeBytes: u32(bytes, at + 16), patches });
    expected = (expected + 1) >>> 0;
    at += size;
  }
  return entries.length === 0 ? undefined : { sequence: u32(bytes, 4), stamp: u64(bytes, 12), entries };
}

/** The first whose stamp fits. */
function chooseDirt(files: readonly Uint8Array[], head: Head, rules: LoaderRules): Step[] | undefined {
  for (const bytes of files) {
    const type = hasBaseBlock(bytes) ? u32(bytes, 28) : 0;
    if ((type !== 1 && type !== 2) || u32(bytes, 4) !== u32(bytes, 8)) continue;
    const stamp = u64(bytes, 12);
    const isLater = head.first === undefined && rules.torn === "newest or later" && stamp > head.stamp;
    if (stamp !== head.stamp && !isLater) continue;
    // Vista: numbered as the first sequence of the base block; XP: as the second.
    const isNumbered = head.first === undefined || [head.first, head.second].includes(u32(bytes, 4));
    if (rules.belongs === "same" && !isNumbered) continue;
    const step = readDirt(bytes);
    if (step !== undefined) return [step];
  }
  return undefined;
}

function readDirt(bytes: Uint8Array): Step | undefined {
  const sizeBytes = u32(bytes, 40);
  if (text(bytes, BASE) !== "DIRT" || bytes.length < BASE + 4 + sizeBytes / 4096) return undefined;
  let from = Math.ceil((BASE + 4 + sizeBytes / 4096) / 512) * 512;
  const patches: Patch[] = [];
  for (let sector = 0; sector < sizeBytes / 512; sector++) {
    if ((((bytes[BASE + 4 + (sector >> 3)] as number) >> (sector & 7)) & 1) === 0) continue;
    if (from + 512 > bytes.length) return undefined;
    patches.push({ offset: sector * 512, bytes: bytes.subarray(from, from + 512) });
    from += 512;
  }
  return patches.length === 0 ? undefined : { sizeBytes, patches };
}

function hasBaseBlock(bytes: Uint8Array): boolean {
  if (bytes.length < BASE || text(bytes, 0) !== "regf") return false;
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= u32(bytes, at);
  sum >>>= 0;
  return u32(bytes, 508) === (sum === 0 ? 1 : sum === 0xffff_ffff ? 0xffff_fffe : sum);
}

function u32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

function u64(bytes: Uint8Array, at: number): bigint {
  return BigInt(u32(bytes, at)) | (BigInt(u32(bytes, at + 4)) << 32n);
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** Marvin32 with the seed of log entries, over a length that is a multiple of 4. */
function marvin(bytes: Uint8Array, start: number, length: number): bigint {
  let [low, high] = [0x7a4e_55c5 | 0, 0x82ef_4d88 | 0];
  const block = (word: number): void => {
    low = (low + word) | 0;
    high ^= low;
    low = (rotated(low, 20) + high) | 0;
    high = rotated(high, 9) ^ low;
    low = (rotated(low, 27) + high) | 0;
    high = rotated(high, 19);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length);
  for (let at = 0; at < length; at += 4) block(view.getInt32(at, true));
  block(0x80);
  block(0);
  return BigInt(low >>> 0) | (BigInt(high >>> 0) << 32n);
}

function rotated(word: number, count: number): number {
  return (word << count) | (word >>> (32 - count));
}
