/** Damages a hive's HvLE logs in every way and says, from the place of the damage alone, to which state the replay must lead. */
import { expect } from "vitest";
import { HiveError, type Recovery } from "../../src/regf/index.ts";
import { openBytes } from "./sample-hive.ts";
import { type PlainEntry, plainEntries, statesAfter } from "./log-states.ts";

/** A dirty hive whose logs are whole. `order` names the logs that count, in the order of their sequences; the others are older than the hive. */
export class DamagedLogs {
  readonly primary: Uint8Array;
  readonly logs: readonly Uint8Array[];
  readonly #order: readonly number[];
  readonly #entries: readonly (readonly PlainEntry[])[];
  readonly #states: readonly Uint8Array[];

  constructor(primary: Uint8Array, logs: readonly Uint8Array[], order: readonly number[]) {
    this.primary = primary;
    this.logs = logs;
    this.#order = order;
    this.#entries = logs.map(plainEntries);
    this.#states = statesAfter(
      primary,
      order.flatMap((index) => this.#entries[index] ?? []),
    );
  }

  entriesOf(log: number): readonly PlainEntry[] {
    return this.#entries[log] ?? [];
  }

  /** All entries that count. */
  get last(): number {
    return this.#states.length - 1;
  }

  /** How many entries can be reached when nothing of one log is sound from `offset` on to the end of what stands there. */
  reachedWith(log: number, offset: number): number {
    const position = this.#order.indexOf(log);
    if (position === -1) return this.last;
    const before = this.#order.slice(0, position).reduce((sum, index) => sum + this.entriesOf(index).length, 0);
    if (offset < 512) return before;
    const within = this.entriesOf(log).filter((entry) => entry.offset + entry.sizeBytes <= offset).length;
    const isBehind = within === this.entriesOf(log).length;
    return isBehind ? this.last : before + within;
  }

  /** Opens the hive with one log replaced (undefined: missing), and wants the state after `reached` entries exactly; none: a refusal. */
  expectState(log: number, damaged: Uint8Array | undefined, reached: number): Recovery | undefined {
    const logs = this.logs.flatMap((bytes, index) =>
      index !== log ? [bytes] : damaged === undefined ? [] : [damaged],
    );
    try {
      const { bins, recovery } = openBytes(this.primary, logs);
      const state = this.#states[reached];
      if (reached === 0) throw new Error("the hive was opened, where nothing can be replayed");
      if (state === undefined || Buffer.compare(bins.raw(0, bins.sizeBytes), state) !== 0) {
        const found = this.#states.findIndex((it) => Buffer.compare(bins.raw(0, bins.sizeBytes), it) === 0);
        throw new Error(`the state is that after ${found} entries, not after ${reached}`);
      }
      expect(recovery.replayed.reduce((sum, { entries }) => sum + entries, 0)).toBe(reached);
      return recovery;
    } catch (error) {
      if (!(error instanceof HiveError) || reached !== 0) throw error;
      expect(error.problem.code).toBe("dirty-without-logs");
      return undefined;
    }
  }
}
