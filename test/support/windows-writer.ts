/** Writes a hive as Windows does, by the description of its flush strategies (Maxim Suhanov): edits in memory, logs, and the primary late and in parts. */
import { editHive, type Hive, type HiveEdit } from "../../src/regf/index.ts";
import { type Tree, treeOf } from "./hive-model.ts";
import { openBytes, withBaseBlock } from "./sample-hive.ts";
import { dirtLog, incrementalEntry, incrementalLog } from "./sample-logs.ts";

const PAGE = 4096;

/** What is on the disk after a crash, and what must come of it. */
export interface Crash {
  readonly primary: Uint8Array;
  readonly logs: readonly Uint8Array[];
  /** The logs that count, in the order of their sequences. */
  readonly order: readonly number[];
  readonly tree: Tree;
  readonly bins: Uint8Array;
}

/** The edits in memory, and what of them was flushed last. */
class Memory {
  readonly hive: Hive;
  readonly edit: HiveEdit;
  flushed: Uint8Array;
  tree: Tree;

  constructor(clean: Uint8Array) {
    this.hive = openBytes(clean);
    this.edit = editHive(this.hive, { now: 5n });
    this.flushed = this.bins();
    this.tree = treeOf(this.hive.root);
  }

  bins(): Uint8Array {
    return this.hive.bins.raw(0, this.hive.bins.sizeBytes).slice();
  }

  /** Pages that changed since the last flush, and from now on are flushed. */
  flush(): { offset: number; bytes: Uint8Array }[] {
    const now = this.bins();
    const pages = pagesOf(now).filter(
      ({ offset, bytes }) => !isSame(bytes, this.flushed.subarray(offset, offset + PAGE)),
    );
    this.flushed = now;
    this.tree = treeOf(this.hive.root);
    return pages;
  }
}

interface WrittenLog {
  /** Since its base block was written. */
  entries: Uint8Array[];
  start: number;
  /** What it held before, from its second sector on: the new entries cover it from the front. */
  behind: Uint8Array;
}

/** Windows 8.1 and later: each flush is an entry, the primary is written when it is reconciled. */
export class IncrementalWriter {
  readonly memory: Memory;
  #primary: Uint8Array;
  #sequence: number;
  readonly #logs: readonly WrittenLog[];
  #current = 0;
  /** The next entry begins the current log anew. */
  #isFresh = true;
  /** Logs with entries since the primary was clean, in their order. */
  #order: number[] = [];

  constructor(clean: Uint8Array, sequence: number) {
    this.memory = new Memory(clean);
    this.#sequence = sequence;
    this.#primary = withBaseBlock(clean, { primarySequence: sequence, secondarySequence: sequence });
    this.#logs = [0, 1].map(() => ({ entries: [], start: 0, behind: new Uint8Array(0) }));
  }

  flush(): void {
    const pages = this.memory.flush();
    if (pages.length === 0) return;
    const log = this.#log();
    if (this.#isFresh) {
      if (this.#order.length === 0) this.#setSequences((this.#sequence + 1) >>> 0, this.#sequence);
      // Its old entries are written over from the front.
      log.behind = this.#bytesOf(this.#current).slice(512);
      log.entries = [];
      log.start = this.#sequence;
      this.#order = [...this.#order.filter((it) => it !== this.#current), this.#current];
      this.#isFresh = false;
    }
    const hiveBinsSize = this.memory.flushed.length;
    log.entries.push(incrementalEntry({ sequence: this.#sequence, hiveBinsSize, pages }));
    this.#sequence = (this.#sequence + 1) >>> 0;
  }

  /** The other log from now on; where its entries would be lost by that, the primary is brought up to date first, but not its base block. */
  rotate(): void {
    if (this.#isFresh) return; // a log that holds nothing is not too large
    this.#current = 1 - this.#current;
    this.#isFresh = true;
    if (this.#order.includes(this.#current)) this.#writePages(() => true);
  }

  /** All of it into the primary, which is clean then. */
  reconcile(): void {
    if (this.#order.length === 0) return;
    this.#writePages(() => true);
    this.#setSequences(this.#sequence, this.#sequence);
    this.#isFresh = true;
    this.#order = [];
  }

  /** Cut off while the primary is reconciled: `reached` says which pages still came through. Undefined when the hive is clean. */
  crash(reached: (page: number) => boolean): Crash | undefined {
    if (this.#order.length === 0) return undefined;
    this.#writePages(reached);
    const { tree, flushed: bins } = this.memory;
    return { primary: this.#primary, logs: [this.#bytesOf(0), this.#bytesOf(1)], order: this.#order, tree, bins };
  }

  #log(): WrittenLog {
    return this.#logs[this.#current] as WrittenLog;
  }

  #bytesOf(index: number): Uint8Array {
    const { entries, start, behind } = this.#logs[index] as WrittenLog;
    if (entries.length === 0) return behind;
    const front = incrementalLog(this.#primary, start, entries);
    return Buffer.concat([front, behind.subarray(front.length - 512)]);
  }

  #setSequences(primarySequence: number, secondarySequence: number): void {
    const hiveBinsSize = primarySequence === secondarySequence ? this.memory.flushed.length : undefined;
    const size = hiveBinsSize === undefined ? {} : { hiveBinsSize };
    this.#primary = withBaseBlock(this.#primary, { primarySequence, secondarySequence, ...size });
  }

  #writePages(reached: (page: number) => boolean): void {
    this.#primary = withPages(this.#primary, this.memory.flushed, reached);
  }
}

/** Before Windows 8.1: each flush overwrites the log, and then writes the primary. */
export class DirtWriter {
  readonly memory: Memory;
  #primary: Uint8Array;
  #sequence = 7;
  #stamp: bigint;
  #log: Uint8Array = new Uint8Array(0);
  #stale: Uint8Array = new Uint8Array(0);
  readonly #isXp: boolean;

  constructor(clean: Uint8Array, stamp: bigint, isXp: boolean) {
    this.memory = new Memory(clean);
    this.#stamp = stamp;
    this.#isXp = isXp;
    this.#primary = withBaseBlock(clean, { primarySequence: 7, secondarySequence: 7, lastWritten: stamp });
  }

  flush(): void {
    if (this.#begin()) this.#finish();
  }

  /** Cut off in a flush, when the log is whole. Undefined when there was nothing to flush. */
  crash(reached: (page: number) => boolean): Crash | undefined {
    if (!this.#begin()) return undefined;
    this.#primary = withPages(this.#primary, this.memory.flushed, reached);
    const logs = this.#isXp ? [this.#log] : [this.#log, this.#stale];
    return { primary: this.#primary, logs, order: [0], tree: this.memory.tree, bins: this.memory.flushed };
  }

  /** The log, and the base block that says that it counts. */
  #begin(): boolean {
    const pages = this.memory.flush();
    if (pages.length === 0) return false;
    this.#stale = this.#log;
    this.#sequence++;
    this.#stamp += 10n;
    const sectors = pages.flatMap(({ offset, bytes }) =>
      Array.from({ length: 8 }, (_, at) => [offset / 512 + at, bytes.subarray(at * 512, at * 512 + 512)] as const),
    );
    const base = withBaseBlock(this.#primary, { lastWritten: this.#stamp });
    this.#log = dirtLog(base, this.#sequence, this.memory.flushed.length, new Map(sectors));
    this.#primary = withBaseBlock(base, { primarySequence: this.#sequence });
    return true;
  }

  #finish(): void {
    this.#primary = withPages(this.#primary, this.memory.flushed, () => true);
    const hiveBinsSize = this.memory.flushed.length;
    this.#primary = withBaseBlock(this.#primary, { secondarySequence: this.#sequence, hiveBinsSize });
  }
}

function pagesOf(bins: Uint8Array): { offset: number; bytes: Uint8Array }[] {
  return Array.from({ length: bins.length / PAGE }, (_, page) => ({
    offset: page * PAGE,
    bytes: bins.subarray(page * PAGE, page * PAGE + PAGE),
  }));
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && Buffer.compare(left, right) === 0;
}

function withPages(file: Uint8Array, bins: Uint8Array, reached: (page: number) => boolean): Uint8Array {
  const pages = pagesOf(bins).filter(({ offset }) => reached(offset / PAGE));
  const end = Math.max(file.length, ...pages.map(({ offset }) => PAGE + offset + PAGE));
  const changed = new Uint8Array(end);
  changed.set(file);
  for (const { offset, bytes } of pages) changed.set(bytes, PAGE + offset);
  return changed;
}
