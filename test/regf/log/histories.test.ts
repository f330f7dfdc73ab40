/** Random histories of a Windows that crashes: whatever it had flushed is there after the replay, byte for byte and as a tree. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkHive, EditError, type HiveEdit } from "../../../src/regf/index.ts";
import { cleanPrimary } from "../../support/commit-scenarios.ts";
import { type Action, action } from "../../support/edit-actions.ts";
import { treeOf } from "../../support/hive-model.ts";
import { DamagedLogs } from "../../support/log-damage.ts";
import { withFlip } from "../../support/log-states.ts";
import { expectSameBytes } from "../../support/same-bytes.ts";
import { openBytes } from "../../support/sample-hive.ts";
import "../../support/seed.ts";
import { type Crash, DirtWriter, IncrementalWriter } from "../../support/windows-writer.ts";

const CLEAN = cleanPrimary();

/** What happens between two flushes. */
interface Round {
  readonly edits: readonly Action[];
  readonly after: "nothing" | "rotate" | "reconcile";
}

const round: fc.Arbitrary<Round> = fc.record({
  edits: fc.array(action, { minLength: 1, maxLength: 6 }),
  after: fc.oneof(
    { weight: 4, arbitrary: fc.constant("nothing" as const) },
    { weight: 2, arbitrary: fc.constant("rotate" as const) },
    { weight: 1, arbitrary: fc.constant("reconcile" as const) },
  ),
});
const rounds = fc.array(round, { minLength: 1, maxLength: 12 });
/** Which pages still reach the primary. */
const pagesReached = fc.infiniteStream(fc.boolean()).map((stream) => {
  const chosen: boolean[] = [];
  for (let page = 0; page < 200; page++) chosen.push(stream.next().value as boolean);
  return (page: number): boolean => chosen[page % 200] as boolean;
});
/** Which log, how far in it from 0 to 1, and which bit. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const damage = fc.array(fc.tuple(fc.nat(1), place, fc.nat(7)), { minLength: 1, maxLength: 8 });
const firstSequence = fc.constantFrom(1, 40, 0x7fff_fffe, 0xffff_fffc, 0xffff_ffff);

function perform(edit: HiveEdit, edits: readonly Action[]): void {
  for (const it of edits) {
    try {
      it.onHive(edit);
    } catch (error) {
      if (!(error instanceof EditError)) throw error; // what cannot be done is not done
    }
  }
}

function expectRecovered({ primary, logs, tree, bins }: Crash): void {
  for (const order of [logs, [...logs].reverse()]) {
    const hive = openBytes(primary, order);
    expectSameBytes(hive.bins.raw(0, hive.bins.sizeBytes), bins);
    expect(hive.recovery.lost).toEqual([]);
    if (order !== logs) continue;
    expect(treeOf(hive.root)).toEqual(tree);
    expect(checkHive(hive).problems).toEqual([]);
  }
}

describe("HvLE", () => {
  /** Not an arbitrary: a failure should print the history, not the files. */
  function crashOf(history: readonly Round[], sequence: number, reached: (page: number) => boolean): Crash | undefined {
    const writer = new IncrementalWriter(CLEAN, sequence);
    for (const { edits, after } of history) {
      perform(writer.memory.edit, edits);
      writer.flush();
      if (after === "rotate") writer.rotate();
      else if (after === "reconcile") writer.reconcile();
    }
    return writer.crash(reached);
  }

  test("two logs in turn, the primary written in part", () => {
    fc.assert(
      fc.property(rounds, firstSequence, pagesReached, (history, sequence, reached) => {
        const it = crashOf(history, sequence, reached);
        if (it !== undefined) expectRecovered(it);
      }),
      { numRuns: 80 },
    );
  });

  test("and a bit turned over, or a log cut: the state after so many entries, or a refusal", () => {
    fc.assert(
      fc.property(rounds, firstSequence, pagesReached, damage, (history, sequence, reached, damages) => {
        const it = crashOf(history, sequence, reached);
        if (it === undefined) return;
        const cases = new DamagedLogs(it.primary, it.logs, it.order);
        for (const [log, where, bit] of damages) {
          const bytes = it.logs[log] as Uint8Array;
          const offset = Math.floor(bytes.length * where);
          // The bytes of entries that were written over hash as nothing, and their damage changes nothing.
          cases.expectState(log, withFlip(bytes, offset, bit), cases.reachedWith(log, offset));
          if (offset >= 512) cases.expectState(log, bytes.subarray(0, offset), cases.reachedWith(log, offset));
        }
      }),
      { numRuns: 80 },
    );
  });
});

test.each([true, false])("DIRT, one log (Windows XP): %s", (isXp) => {
  fc.assert(
    fc.property(rounds, pagesReached, (history, reached) => {
      const writer = new DirtWriter(CLEAN, 1234n, isXp);
      for (const { edits } of history.slice(0, -1)) {
        perform(writer.memory.edit, edits);
        writer.flush();
      }
      perform(writer.memory.edit, history.at(-1)?.edits ?? []);
      const it = writer.crash(reached);
      if (it !== undefined) expectRecovered(it);
    }),
    { numRuns: 40 },
  );
});
