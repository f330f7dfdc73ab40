/** Taking a run back value by value: what still stands goes back, what something else has changed stays and is named. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { makeChanges } from "../../src/apply/writing/execute.ts";
import { valueAt } from "../../src/apply/writing/standing.ts";
import { planTakeBack, type TakeBack } from "../../src/apply/writing/take-back.ts";
import { buildHive, checkHive, editHive, type Hive, type HiveEdit } from "../../src/regf/index.ts";
import type { Change } from "../../src/windows/model/change.ts";
import type { RegistryData } from "../../src/notation/registry-data.ts";
import { ourDump } from "../support/hivex-export.ts";
import { changeThatFits, randomChange } from "./random-changes.ts";
import { dword, SILENT } from "./support.ts";

let hive: Hive;
let edit: HiveEdit;

beforeEach(() => {
  hive = buildHive({ minor: 5 });
  edit = editHive(hive);
  edit.createKey("A\\B\\C");
  edit.setValue("A", "number", 4, dword(7));
  edit.setValue("A\\B\\C", "deep", 4, dword(8));
  edit.setValue("A\\B", "", 4, dword(9));
});

const number = (data: number): RegistryData => ({ type: "REG_DWORD", data });
const setNumber = (key: string, name: string, data: number): Change => ({
  kind: "set-value",
  key,
  name,
  ...number(data),
  was: valueAt(hive.root, key, name),
});

/** Returns what a receipt would hold. */
const run = (...changes: Change[]): Change[] => makeChanges(hive, edit, changes, SILENT);

function takeBack(changes: readonly Change[]): TakeBack & { readonly made: Change[] } {
  const planned = planTakeBack(hive.root, changes);
  return { ...planned, made: run(...planned.steps) };
}

describe("of a value", () => {
  test("set, made and deleted: what was there is there again", () => {
    const before = ourDump(hive.root);
    const changes = run(setNumber("A", "number", 1), setNumber("A", "new", 2), {
      kind: "delete-value",
      key: "A\\B",
      name: "",
      was: number(9),
    });
    expect(takeBack(changes)).toMatchObject({ already: [], left: [] });
    expect(ourDump(hive.root)).toEqual(before);
  });

  test("several changes of one value come to one step", () => {
    const changes = [...run(setNumber("A", "number", 1)), ...run(setNumber("a", "NUMBER", 2))];
    expect(planTakeBack(hive.root, changes).steps).toEqual([
      { kind: "set-value", key: "a", name: "NUMBER", ...number(7), was: number(2) },
    ]);
    run(setNumber("A", "number", 7));
    expect(planTakeBack(hive.root, changes)).toMatchObject({
      steps: [],
      already: [{ key: "a", name: "NUMBER" }],
      left: [],
    });
    expect(planTakeBack(hive.root, [...changes, setNumber("A", "number", 7)])).toEqual({
      steps: [],
      already: [],
      left: [],
    });
  });

  test("what is something else now is left, with what it is, what the run wrote and what was before", () => {
    const changes = run(setNumber("A", "number", 1), setNumber("A", "new", 2));
    run(setNumber("A", "number", 5));
    edit.deleteValue("A", "new");
    expect(takeBack(changes)).toMatchObject({
      steps: [],
      already: [{ key: "A", name: "new" }],
      left: [
        {
          key: "A",
          name: "number",
          reason: "Something else has written it since",
          now: number(5),
          wrote: number(1),
          was: number(7),
        },
      ],
    });
  });

  test("another type of the same bytes is something else", () => {
    const changes = run(setNumber("A", "number", 1));
    edit.setValue("A", "number", 3, dword(1));
    expect(takeBack(changes).left).toMatchObject([{ now: { type: "REG_BINARY", data: { hex: "01000000" } } }]);
  });

  test("a key that is gone is not made again for it; which one is gone is said", () => {
    const changes = run(setNumber("A\\B\\C", "deep", 1), {
      kind: "delete-value",
      key: "A\\B",
      name: "",
      was: number(9),
    });
    edit.deleteKey("A\\B");
    const { steps, left } = takeBack(changes);
    expect(steps).toEqual([]);
    expect(left).toEqual([
      {
        key: "A\\B\\C",
        name: "deep",
        reason: "A\\B is not there any more",
        now: null,
        wrote: number(1),
        was: number(8),
      },
      { key: "A\\B", name: "", reason: "Its key is not there any more", now: null, wrote: null, was: number(9) },
    ]);
  });
});

describe("of a key", () => {
  test("one that was made goes with what the run put into it, and with the keys that were made above it", () => {
    const before = ourDump(hive.root);
    const changes = run({ kind: "create-key", key: "N\\M\\O" }, { kind: "create-key", key: "N\\P" });
    expect(changes.map(({ key }) => key)).toEqual(["N", "N\\M", "N\\M\\O", "N\\P"]);
    changes.push(...run(setNumber("N\\M", "x", 1), setNumber("N\\M\\O", "", 2)));
    expect(takeBack(changes).left).toEqual([]);
    expect(ourDump(hive.root)).toEqual(before);
  });

  test("one that holds something else by now stays, and only our values in it go", () => {
    const changes = run({ kind: "create-key", key: "N\\M" });
    changes.push(...run(setNumber("N\\M", "ours", 1), setNumber("N", "ours", 1), setNumber("N\\M", "changed", 1)));
    run(setNumber("N\\M", "theirs", 2), setNumber("N\\M", "changed", 3), { kind: "create-key", key: "N\\M\\T" });
    const { left } = takeBack(changes);
    expect(left.map(({ key, name, reason }) => [key, name, reason])).toEqual([
      ["N\\M", "changed", "Something else has written it since"],
      ["N\\M", undefined, expect.stringContaining("(values: 2, keys: 1)")],
      ["N", undefined, expect.stringContaining("(values: 0, keys: 1)")],
    ]);
    expect(ourDump(hive.root).values.filter((line) => line.startsWith("N"))).toEqual([
      "N\\M|changed|4|03000000",
      "N\\M|theirs|4|02000000",
    ]);
  });

  test("one that was deleted with everything below it comes back with it", () => {
    const before = ourDump(hive.root);
    const changes = run({ kind: "delete-key", key: "A\\B" });
    expect(changes.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      "delete-value A\\B",
      "delete-value A\\B\\C",
      "delete-key A\\B\\C",
      "delete-key A\\B",
    ]);
    expect(takeBack(changes).left).toEqual([]);
    expect(ourDump(hive.root)).toEqual(before);
  });

  test("one that was deleted and that somebody has made anew is not mixed with what it was", () => {
    const changes = run({ kind: "delete-key", key: "A\\B" });
    run({ kind: "create-key", key: "A\\B" });
    const { already, left } = takeBack(changes);
    expect(already).toEqual([{ key: "A\\B" }]);
    expect(left).toMatchObject([
      {
        key: "A\\B",
        name: "",
        reason: "The run deleted its key, which was made anew since",
        now: null,
        was: number(9),
      },
    ]);
    // The one below it was not made anew, and is only the run's.
    expect(ourDump(hive.root).values).toContain("A\\B\\C|deep|4|08000000");
  });

  test("one below a key that is gone stays away", () => {
    const changes = run({ kind: "delete-key", key: "A\\B\\C" });
    edit.deleteKey("A\\B");
    expect(takeBack(changes)).toMatchObject({
      steps: [],
      left: [
        { key: "A\\B\\C", reason: "The run deleted this key, and now A\\B is not there any more" },
        { key: "A\\B\\C", name: "deep", reason: "A\\B is not there any more" },
      ],
    });
  });

  test("one that the run made and deleted, or deleted and made, is as the run found it", () => {
    const before = ourDump(hive.root);
    const changes = [
      ...run({ kind: "create-key", key: "N" }),
      ...run(setNumber("N", "x", 1)),
      ...run({ kind: "delete-key", key: "N" }),
      ...run({ kind: "delete-key", key: "A\\B\\C" }),
      ...run({ kind: "create-key", key: "A\\B\\C" }),
      ...run(setNumber("A\\B\\C", "other", 1)),
    ];
    expect(takeBack(changes).left).toEqual([]);
    expect(ourDump(hive.root)).toEqual(before);
  });
});

/** By place in upper case: "key" of a key, "key|name" of a value with type and data. */
function placesOf(there: Hive): Map<string, string> {
  const { keys, values } = ourDump(there.root);
  const entries = values.map((line): [string, string] => {
    const [key = "", name = "", ...data] = line.split("|");
    return [`${key}|${name}`.toUpperCase(), data.join()];
  });
  return new Map([...keys.map((key): [string, string] => [key.toUpperCase(), "a key"]), ...entries]);
}

test("any run, whatever was changed since: each place goes back if it stands, stays and is named if not, and the undo can be undone", () => {
  const actions = fc.array(randomChange, { minLength: 3, maxLength: 20 });
  const seen = { back: 0, left: 0, untouched: 0 };
  fc.assert(
    fc.property(actions, actions, fc.array(randomChange, { maxLength: 6 }), (first, ours, theirs) => {
      const there = buildHive({ minor: 5 });
      const its = editHive(there);
      its.createKey("A\\B");
      const make = (list: typeof ours): Change[] =>
        list.flatMap((action) => {
          const change = changeThatFits(there, action);
          return change === undefined ? [] : makeChanges(there, its, [change], SILENT);
        });
      make(first);
      const before = placesOf(there);
      const changes = make(ours);
      const after = placesOf(there);
      make(theirs);
      const now = placesOf(there);
      const { steps, left } = planTakeBack(there.root, changes);
      const undo = makeChanges(there, its, steps, SILENT);
      const end = placesOf(there);
      const named = new Set(left.map(({ key, name }) => (name === undefined ? key : `${key}|${name}`).toUpperCase()));
      for (const place of new Set([...before.keys(), ...after.keys(), ...now.keys(), ...end.keys()])) {
        const [was, wrote, found, is] = [before, after, now, end].map((places) => places.get(place));
        if (was === wrote || found === was) {
          expect({ place, is }).toEqual({ place, is: found });
          seen.untouched++;
        } else if (named.has(place)) {
          expect({ place, is }).toEqual({ place, is: found });
          seen.left++;
        } else {
          expect({ place, found, is }).toEqual({ place, found: wrote, is: was });
          seen.back++;
        }
      }
      if (theirs.length === 0) {
        expect(left).toEqual([]);
        expect(end).toEqual(before);
      }
      expect(checkHive(there).problems).toEqual([]);
      const again = planTakeBack(there.root, undo);
      expect(again.left).toEqual([]);
      makeChanges(there, its, again.steps, SILENT);
      expect(placesOf(there)).toEqual(now);
    }),
    { numRuns: 300 },
  );
  expect(Math.min(seen.back, seen.left, seen.untouched)).toBeGreaterThan(20);
});
