/** What must hold for any bytes at all: opened, walked, checked, read as a Windows, edited and committed without a crash, a walk in circles, or a lie. */
import { Failure } from "../../../src/exit/failure.ts";
import { matchAdapters } from "../../../src/match/match-adapters.ts";
import { HeldBytes } from "../../../src/regf/held-bytes.ts";
import {
  type CheckResult,
  checkHive,
  describe as sentenceOf,
  type Hive,
  HiveError,
  type HiveFiles,
  type Key,
  openHive,
} from "../../../src/regf/index.ts";
import { readWindows } from "../../../src/windows/read-windows.ts";
import type { Random } from "../random.ts";
import { editAndCommit } from "./edit-mutant.ts";
import type { HiveBytes } from "./subjects.ts";
import { Violation } from "./violation.ts";

/** How far a mutant came; a fuzz that never gets anywhere proves nothing. */
export type Outcome =
  | "refused to open"
  | "opened as it stands"
  | "replayed"
  | "refused to walk"
  | "walked"
  | "fatal problems"
  | "warnings only"
  | "no problem"
  | "read as a Windows"
  | "committed";

export function survive(mutant: HiveBytes, random: Random): Outcome[] {
  const { hive, outcome } = open(mutant);
  if (hive === undefined) return [outcome];
  const outcomes: Outcome[] = [outcome];
  const couldWalk = allowed(() => walk(hive)) !== undefined;
  outcomes.push(couldWalk ? "walked" : "refused to walk");
  const found = checkHive(hive);
  outcomes.push(weighed(found, couldWalk));
  if (allowed(() => matchAdapters(readWindows(hive.root), undefined)) !== undefined) outcomes.push("read as a Windows");
  const isFatal = found.problems.some(({ severity }) => severity === "fatal");
  if (!isFatal && hive.version.minor <= 5 && editAndCommit(mutant, random)) outcomes.push("committed");
  return outcomes;
}

function open(mutant: HiveBytes): { hive: Hive | undefined; outcome: Outcome } {
  const hive = allowed(() => openHive(heldFiles(mutant)));
  if (hive !== undefined) return { hive, outcome: hive.recovery.dirty ? "replayed" : "opened as it stands" };
  const dirty = allowed(() => openHive(heldFiles(mutant), { acceptDirty: true }));
  return { hive: dirty, outcome: dirty === undefined ? "refused to open" : "opened as it stands" };
}

/** Files that refuse to be written. */
function heldFiles({ name, primary, logs }: HiveBytes): HiveFiles {
  return {
    primary: new HeldBytes(name, primary),
    logs: logs.map((log, index) => new HeldBytes(`${name}.LOG${index + 1}`, log)),
  };
}

/** Undefined when it threw what it may throw; anything else comes out. */
function allowed<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof HiveError || error instanceof Failure)) throw error;
    if (error.message === "") throw new Violation("a refusal without a word");
    return undefined;
  }
}

/** Everything there is; returns true. Cells do not overlap, so that all of it together is not larger than the hive. */
function walk(hive: Hive): true {
  let left = hive.bins.sizeBytes;
  const spend = (bytes: number): void => {
    left -= bytes;
    if (left < 0) throw new Violation("the walk found more than the hive has room for");
  };
  const waiting = [hive.root];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    spend(76 + (key.className?.length ?? 0));
    void [key.lastWritten, key.path.length];
    for (const value of key.values())
      spend(20 + value.name.length + value.data.length - Math.min(4, value.data.length));
    waiting.push(...subkeysOf(key));
  }
  return true;
}

function* subkeysOf(key: Key): Generator<Key> {
  for (const subkey of key.subkeys()) {
    // A key that is listed is found by its name, unless another with that name stands before it.
    if (key.subkey(subkey.name) === undefined) throw new Violation(`${subkey.path} is listed, but not found`);
    yield subkey;
  }
}

function weighed({ problems }: CheckResult, couldWalk: boolean): Outcome {
  for (const found of problems.slice(0, 20)) {
    if (sentenceOf(found) === "" || !(found.at >= 0)) throw new Violation(`the problem ${found.code} says nothing`);
  }
  if (problems.some(({ severity }) => severity === "fatal")) return "fatal problems";
  if (!couldWalk) throw new Violation("what cannot be walked has no fatal problem");
  return problems.length > 0 ? "warnings only" : "no problem";
}
