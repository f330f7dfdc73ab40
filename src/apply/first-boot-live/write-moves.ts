/** Plans and writes what can be moved now, so that a cut at any moment is taken back, or finished, by the next run. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { Plan } from "../../plan/model.ts";
import { editHive, type Hive, type HiveEdit } from "../../regf/index.ts";
import { importChanges } from "../../inventory/windows/import-changes.ts";
import type { Change } from "../../windows/model/change.ts";
import { isSameData } from "../../windows/registry-data.ts";
import { isRuntimeValue } from "../../windows/settings/interface-values.ts";
import type { Emit } from "../events.ts";
import type { Difference } from "../results.ts";
import { makeChanges } from "../writing/execute.ts";
import { netOf } from "../writing/net.ts";
import { inWritingOrder, isInNsi } from "./writing-order.ts";
import { differencesFrom } from "../writing/standing.ts";
import { planTakeBack } from "../writing/take-back.ts";
import { asEnd } from "./as-end.ts";
import { beginRound, type ChangesFile, finishRounds, readRounds } from "./changes-file.ts";
import { currentOf, readLiveHive } from "./live-registry.ts";
import type { BootedWindows } from "./machine.ts";
import { withoutLeft } from "./left-alone.ts";
import { type NowRequest, planMovesNow } from "./plan-moves-now.ts";

export interface MovesRequest extends Omit<NowRequest, "root"> {
  readonly changesFile: ChangesFile;
}

export interface WrittenMoves {
  readonly plan: Plan;
  /** Whether the registry is another one now. */
  readonly wrote: boolean;
  /** What could not be written under Control\Nsi, while all the rest stands: sentences without their full stops. */
  readonly wanting: readonly string[];
  /** Interfaces of which nothing was taken back, for they are somebody else's setting by now. */
  readonly left: readonly Warning[];
}

interface Prepared {
  readonly plan: Plan;
  readonly current: number;
  /** The plan's changes, as the document of changes has them. */
  readonly made: readonly Change[];
  /** What leads there from what stands in the registry: rounds that were cut short are taken back before. */
  readonly changes: readonly Change[];
  readonly left: readonly Warning[];
}

const SILENT: Emit = () => {};

/** How often the plan is made again because something else has written between the plan and the writing. */
const MAX_TRIES = 3;

/**
 * Throws Failure: what planning and reg.exe throw, refused (24) where something else goes on writing the same values, differs (28)
 * where what was read back is not what was meant.
 */
export function writeMoves(machine: BootedWindows, request: MovesRequest, notes: string[], emit: Emit): WrittenMoves {
  for (let tries = 1; ; tries++) {
    const prepared = readLiveHive(machine, notes, (hive) => prepare(hive, request));
    const { plan, current, made, changes, left } = prepared;
    emit({ kind: "planned", sources: plan.sources.length, steps: plan.steps.length });
    if (comesToNothing(changes)) {
      finishRounds(machine, request.changesFile);
      return { plan, wrote: false, wanting: [], left };
    }
    beginRound(machine, request.changesFile, made);
    const obstacle = readLiveHive(machine, notes, (hive) => whyNotStanding(hive, changes));
    if (obstacle === undefined) {
      for (const change of changes) emit({ kind: "changed", change });
      const wanting = write(machine, changes, current, notes, emit);
      finishRounds(machine, request.changesFile);
      return { plan, wrote: true, wanting, left };
    }
    if (tries === MAX_TRIES) throw obstacle;
    emit({ kind: "noted", message: `planning again: ${obstacle.message}` });
  }
}

/** Rounds that were cut short are taken back in the copy first: the plan sees the registry as it was before them. */
function prepare(hive: Hive, request: MovesRequest): Prepared {
  const { current } = currentOf(hive);
  const edit = editHive(hive);
  const takenBack = takeBackAll(hive, edit, request.changesFile);
  const plan = planMovesNow({ ...request, root: hive.root });
  const made = makeChanges(hive, edit, plan.steps, SILENT);
  return { plan, current, made, changes: [...takenBack.changes, ...made], left: takenBack.left };
}

/** The last attempt has failed: what stands of its rounds goes, for half of a configuration is worse than none. Returns what is left. Throws Failure as writeMoves does. */
export function takeBackRounds(
  machine: BootedWindows,
  file: ChangesFile,
  notes: string[],
  emit: Emit,
): readonly Warning[] {
  const { current, changes, left } = readLiveHive(machine, notes, (hive) => ({
    ...currentOf(hive),
    ...takeBackAll(hive, editHive(hive), file),
  }));
  for (const change of changes) emit({ kind: "changed", change });
  const wanting = comesToNothing(changes) ? [] : write(machine, changes, current, notes, emit);
  notes.push(...wanting.map((what) => `not taken back: ${what}`));
  finishRounds(machine, file);
  return left;
}

/** Newest first. */
function takeBackAll(hive: Hive, edit: HiveEdit, file: ChangesFile): Pick<Prepared, "changes" | "left"> {
  const unfinished = readRounds(file).filter(({ finished }) => !finished);
  const { rounds, left } = withoutLeft(
    hive.root,
    unfinished.map(({ changes }) => changes),
  );
  return { changes: rounds.toReversed().flatMap((changes) => takeBack(hive, edit, changes)), left };
}

function takeBack(hive: Hive, edit: HiveEdit, changes: readonly Change[]): Change[] {
  return makeChanges(hive, edit, planTakeBack(hive.root, changes).steps, SILENT);
}

function comesToNothing(changes: readonly Change[]): boolean {
  const { keys, values } = netOf(changes);
  return keys.every(({ was, meant }) => was === meant) && values.every(({ was, meant }) => isSameData(was, meant));
}

/** Something else may have written since the plan was made. */
function whyNotStanding(hive: Hive, changes: readonly Change[]): Failure | undefined {
  try {
    makeChanges(hive, editHive(hive), changes, SILENT);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/**
 * Control\Nsi last and by itself: Windows 10 takes IPv4 from Tcpip's keys, and an access list there (not confirmed) must not cost the
 * addresses. What reg.exe says counts less than what stands then. Returns what is wanting under Control\Nsi.
 */
function write(
  machine: BootedWindows,
  changes: readonly Change[],
  current: number,
  notes: string[],
  emit: Emit,
): readonly string[] {
  const said: Failure[] = [];
  for (const part of inWritingOrder(changes)) {
    try {
      if (said.length === 0) importChanges(machine, part, current, notes);
    } catch (error) {
      said.push(asEnd(error));
    }
  }
  const found = readLiveHive(machine, notes, ({ root }) => differencesFrom(root, changes));
  // A lease that the DHCP client has renewed in this moment is no difference: a static interface does not use it.
  const differences = found.filter(({ name }) => name === undefined || !isRuntimeValue(name));
  emit({ kind: "compared", changes: changes.length, differences: differences.length });
  for (const difference of differences) emit({ kind: "difference", difference });
  if (!differences.every(({ key }) => isInNsi(key ?? ""))) throw differs(differences, said[0]);
  return differences.map((difference) => placeOf(difference));
}

/** Most places that a sentence names. */
const MAX_NAMED = 3;

function differs(differences: readonly Difference[], said: Failure | undefined): Failure {
  const named = differences.slice(0, MAX_NAMED).map((one) => `${placeOf(one)}: ${one.message}`);
  const more = differences.length - named.length;
  const places = [...named, ...(more > 0 ? [`${more} more`] : [])].join("; ");
  const why = said === undefined ? "" : ` (${said.message})`;
  return new Failure("differs", `The registry is not as it was written: ${places}${why}`, {
    code: "read-back-differs",
    advice: "the next start of Windows takes back what stands of it and tries again",
    ...(said === undefined ? {} : { cause: said }),
  });
}

function placeOf({ key = "", name }: Difference): string {
  return name === undefined ? key : `${key}\\${name}`;
}
