/** The steps of a recorded commit by name, so that they can be swapped and left out one by one, and what a power cut then does. */
import { isDeepStrictEqual } from "node:util";
import { baseBlockWrites, PRIMARY } from "./commit-scenarios.ts";
import { allowedAt, type RecordedCommit, readingsAt } from "./outcome.ts";
import { tornHeaders, withHeader } from "./torn-headers.ts";
import { type Cut, cuts, type DiskEvent, type Images, plainCuts, PowerlessDisk } from "./simulated-disk.ts";

/** In the words of src/regf/commit/order.ts; neighbouring page writes are one step, and so is a log that is made and written. */
export interface ProtocolStep {
  readonly name: string;
  readonly events: readonly DiskEvent[];
}

export function stepsOf({ events, recovered }: RecordedCommit): ProtocolStep[] {
  const recovery = phaseSteps(events.slice(0, recovered), (before) =>
    before.includes("flush room") ? "length block" : "stand-in block",
  ).map((step) => ({ ...step, name: `recovery: ${step.name}` }));
  const commit = phaseSteps(events.slice(recovered), (before) => (before.includes("arm") ? "length block" : "arm"));
  return [...recovery, ...commit];
}

/** `dirtyBlock` names a base block that is not clean, given the names of the steps before it. */
function phaseSteps(events: readonly DiskEvent[], dirtyBlock: (before: readonly string[]) => string): ProtocolStep[] {
  const blocks = new Map(baseBlockWrites(events).map(({ index, isClean }) => [index, isClean] as const));
  const steps: { readonly name: string; readonly events: DiskEvent[] }[] = [];
  /** The last step that wrote to the primary since its last flush. */
  let pending = "room";
  events.forEach((event, index) => {
    const isClean = blocks.get(index);
    const names = steps.map(({ name }) => name);
    const name = isClean === undefined ? nameOf(event, pending, names) : isClean ? "clean block" : dirtyBlock(names);
    if (event.file === PRIMARY) {
      const isRoom = event.kind === "flush" || ["grow", "stamp", "room"].includes(name);
      pending = isRoom ? "room" : name;
    }
    const last = steps.at(-1);
    if (last?.name === name && event.kind !== "flush") last.events.push(event);
    else steps.push({ name, events: [event] });
  });
  return steps;
}

function nameOf(event: DiskEvent, pending: string, before: readonly string[]): string {
  // The one log of XP stands where LOG1 does.
  const log = event.file.slice(PRIMARY.length + 1).replace(/^LOG$/, "LOG1");
  if (event.kind === "flush") return `flush ${event.file === PRIMARY ? pending : log}`;
  if (event.file !== PRIMARY) {
    if (event.kind === "write" && event.bytes.length === 4) return `disarm ${log}`;
    return event.kind === "write" && event.offset > 0 ? "end of the journal" : "journal";
  }
  if (event.kind === "grow") return "grow";
  return event.kind === "write" && event.bytes.length === 8 && !before.includes("arm") ? "stamp" : "pages";
}

export interface Reordering {
  /** "A <> B" for two that change places, "- A" for one that is left out. */
  readonly name: string;
  readonly steps: readonly ProtocolStep[];
}

/** Every pair of steps swapped, but for two that do the same; and every step left out. */
export function reorderings(steps: readonly ProtocolStep[]): Reordering[] {
  return steps.flatMap((first, index): Reordering[] => [
    { name: `- ${first.name}`, steps: steps.filter((step) => step !== first) },
    ...steps.slice(index + 1).flatMap((second): Reordering[] => {
      if (isDeepStrictEqual(first.events, second.events)) return [];
      const swapped = steps.map((step) => (step === first ? second : step === second ? first : step));
      return [{ name: `${first.name} <> ${second.name}`, steps: swapped }];
    }),
  ]);
}

/** What the worst power cut does to an order of steps; undefined: nothing. */
export type Damage =
  /** What is left is no hive, or neither the old nor the new one. */
  | "destroys"
  /** The new hive before the point of commit, or the old one after it. */
  | "wrong side"
  /** When all is said to be done, the file is not the new hive, clean, without any log. */
  | "unfinished";

export interface DamageFound {
  readonly damage: Damage;
  /** Where, as a sentence. */
  readonly at: string;
}

/** Looks until a cut destroys the hive, or everywhere. `steps` are those of `run` in another order, or fewer, or altered. */
export function worstCut(
  run: RecordedCommit,
  steps: readonly ProtocolStep[],
  mixtures: number,
): DamageFound | undefined {
  const order = ordered(run, steps);
  // Those that a person would think of come first: they find most of it.
  const plain = [...plainCuts(PRIMARY), NOTHING, EVERYTHING];
  let worst: DamageFound | undefined;
  for (const look of [
    () => damageBy(order, () => plain),
    () => worstOf(order, tornStates),
    () => damageBy(order, (done) => cuts(done * 13, mixtures).slice(2)),
  ]) {
    const found = look();
    if (found?.damage === "destroys") return found;
    worst ??= found;
  }
  return worst;
}

interface Reordered extends Pick<RecordedCommit, "images" | "before" | "after" | "arm" | "recovered" | "always"> {
  readonly events: readonly DiskEvent[];
}

function ordered(run: RecordedCommit, steps: readonly ProtocolStep[]): Reordered {
  const order = steps.flatMap(({ name, events }) => events.map((event) => ({ name, event })));
  const lastOf = (...names: readonly string[]): number => order.findLastIndex(({ name }) => names.includes(name));
  const flush = lastOf("arm", "flush arm");
  const write = lastOf("arm");
  return {
    ...run,
    events: order.map(({ event }) => event),
    arm: { write: write === -1 ? flush : write, flush },
    recovered: 1 + order.findLastIndex(({ name }) => name.startsWith("recovery: ")),
  };
}

function damageBy(order: Reordered, cutsAt: (done: number) => readonly Cut[]): DamageFound | undefined {
  return worstOf(order, (disk, done) => cutsAt(done).map((cut) => disk.afterCut(cut)));
}

const NOTHING: Cut = { choose: () => 0 };
const EVERYTHING: Cut = { choose: (count) => count - 1 };

/** The primary's base block torn in every way, beside nothing or everything else that is pending. */
export function tornStates(disk: PowerlessDisk): Images[] {
  const [without, withAll] = [disk.afterCut(NOTHING), disk.afterCut(EVERYTHING)];
  const [before, after] = [without.get(PRIMARY) as Uint8Array, withAll.get(PRIMARY) as Uint8Array];
  return tornHeaders(before, after).flatMap((header) => [
    withHeader(without, PRIMARY, header),
    withHeader(withAll, PRIMARY, header),
  ]);
}

function worstOf(
  order: Reordered,
  statesAt: (disk: PowerlessDisk, done: number) => readonly Images[],
): DamageFound | undefined {
  let found: DamageFound | undefined;
  const disk = new PowerlessDisk(order.images);
  for (let done = 0; done <= order.events.length; done++) {
    for (const [index, left] of statesAt(disk, done).entries()) {
      const damage = damageOf(order, done, left);
      if (damage === undefined) continue;
      const at = `state ${index} after ${done} of ${order.events.length} events`;
      if (damage === "destroys") return { damage, at };
      found ??= { damage, at };
    }
    const next = order.events[done];
    if (next !== undefined) disk.apply(next);
  }
  return found;
}

function damageOf(order: Reordered, done: number, left: Images): Damage | undefined {
  const readings = readingsAt(order, done, left, false).map(({ found }) => found);
  if (readings.some((found) => found === "nothing" || found === "neither")) return "destroys";
  const allowed: readonly string[] = allowedAt(order, done);
  if (readings.some((found) => !allowed.includes(found))) return "wrong side";
  if (done < order.events.length) return undefined;
  const alone = new Map([[PRIMARY, left.get(PRIMARY) as Uint8Array]]);
  const isFinished = readingsAt({ ...order, recovered: 0 }, done, alone, false)[0]?.found === "new";
  return isFinished ? undefined : "unfinished";
}
