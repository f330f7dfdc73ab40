/** What a power cut left: the old hive, the new one, or something that must never be, as the engine and every loader see it. */
import { BIN_HEADER } from "../../src/regf/format/bin.ts";
import type { LogFormat } from "../../src/regf/index.ts";
import {
  armEvents,
  baseBlockWrites,
  binsAfter,
  binsOf,
  commitOn,
  type Edit,
  opened,
  PRIMARY,
} from "./commit-scenarios.ts";
import { LOADERS, type LoaderRules, load, saysClean } from "./loader.ts";
import type { DiskEvent, Images } from "./simulated-disk.ts";

export type Outcome = "old" | "new" | "neither";

/** `before` and `after` are bins as `binsOf` gives them. Throws what opening throws: a hive that cannot be loaded is worse than a wrong one. */
export function outcomeOf(images: Images, before: Uint8Array, after: Uint8Array): Outcome {
  return compared(binsOf(images), before, after);
}

function compared(bins: Uint8Array, before: Uint8Array, after: Uint8Array): Outcome {
  if (Buffer.compare(bins, before) === 0) return "old";
  return Buffer.compare(bins, after) === 0 ? "new" : "neither";
}

/** A commit that ran to its end, and what is right at each of its moments. */
export interface RecordedCommit {
  readonly images: Images;
  readonly events: readonly DiskEvent[];
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** Places among the events: the arming write, and the flush after it. */
  readonly arm: { readonly write: number; readonly flush: number };
  /** So many events until a hive that was dirty is clean on the disk. */
  readonly recovered: number;
  /** Loaders that read the start state as the engine does: the others count only from `recovered` on. */
  readonly always: ReadonlySet<LoaderRules>;
}

export function recordCommit(images: Images, format: LogFormat, edit: Edit): RecordedCommit {
  const before = binsOf(images);
  const { disk } = commitOn(images, format, edit);
  const { events } = disk;
  const isDirty = opened(images).recovery.dirty;
  const clean = isDirty ? (baseBlockWrites(events).find(({ isClean }) => isClean)?.index as number) : undefined;
  return {
    images,
    events,
    before,
    after: binsAfter(images, edit),
    arm: armEvents(disk),
    recovered: clean === undefined ? 0 : clean + 2,
    always: new Set(LOADERS.filter((rules) => readsAlways(rules, images, before))),
  };
}

/** Where a dirty hive has several logs that are sound, only the kernel's rule says which of them count while its base block is torn; others have to wait. */
function readsAlways(rules: LoaderRules, images: Images, before: Uint8Array): boolean {
  const { dirty, logs } = opened(images).recovery;
  const isAmbiguous = dirty && logs.filter(({ kind }) => kind !== undefined).length > 1;
  const isKernels = rules.torn !== "first" && rules.belongs !== "same";
  return loaded(images, rules, before, before) === "old" && (isKernels || !isAmbiguous);
}

/** Undefined where it does not load. */
function loaded(left: Images, rules: LoaderRules, before: Uint8Array, after: Uint8Array): Outcome | undefined {
  let bins: Uint8Array;
  try {
    bins = load(left, PRIMARY, rules);
  } catch {
    return undefined;
  }
  const { offset, sizeBytes } = BIN_HEADER.fields.lastWritten;
  bins.fill(0, offset, offset + sizeBytes);
  return compared(bins, before, after);
}

/** What may be there after so many events, before the point of commit, in it, and after it. */
export function allowedAt({ arm }: Pick<RecordedCommit, "arm">, done: number): readonly Outcome[] {
  if (done <= arm.write) return ["old"];
  return done <= arm.flush ? ["old", "new"] : ["new"];
}

/** What one reader finds; "nothing" where the hive does not load. */
export interface Reading {
  readonly reader: string;
  readonly found: Outcome | "nothing";
}

/** What everybody finds who must find the old hive or the new one after `done` events. */
export function readingsAt(
  run: Pick<RecordedCommit, "before" | "after" | "recovered" | "always">,
  done: number,
  left: Images,
  withEngine: boolean,
): Reading[] {
  const readings: Reading[] = [];
  for (const rules of LOADERS) {
    if (done < run.recovered && !run.always.has(rules)) continue;
    readings.push({ reader: rules.name, found: loaded(left, rules, run.before, run.after) ?? "nothing" });
    // Everybody reads a clean hive alike.
    if (saysClean(left.get(PRIMARY) ?? new Uint8Array(0))) break;
  }
  if (withEngine) {
    let found: Reading["found"] = "nothing";
    try {
      found = outcomeOf(left, run.before, run.after);
    } catch {
      // does not load
    }
    readings.push({ reader: "the engine", found });
  }
  return readings;
}

/** Every reader that sees something else than is allowed after `done` events, as a sentence; undefined when all is well. */
export function faultAt(run: RecordedCommit, done: number, left: Images, withEngine: boolean): string | undefined {
  const allowed: readonly string[] = allowedAt(run, done);
  const wrong = readingsAt(run, done, left, withEngine).filter(({ found }) => !allowed.includes(found));
  if (wrong.length === 0) return undefined;
  const seen = wrong.map(({ reader, found }) => `${reader} finds ${found}`).join("; ");
  return `after ${done} of ${run.events.length} events, where ${allowed.join(" or ")} is right: ${seen}`;
}
