/** The way of `undo` that is left when something else has written since a run: each change that still stands is taken back, in a run with a receipt of its own. */
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import type { ForceName } from "../image/force.ts";
import type { ImageSession } from "../image/session.ts";
import type { Change } from "../windows/model/change.ts";
import type { Windows } from "../windows/model/windows.ts";
import type { Emit } from "./events.ts";
import type { FirstBootSummary } from "./first-boot/result.ts";
import { lookAtFirstBoot, type PresentFirstBoot } from "./first-boot/present.ts";
import { changesWithService, isServiceKey } from "./first-boot/service-keys.ts";
import { summariseFirstBoot } from "./first-boot/summary.ts";
import { withoutLeft } from "./first-boot-live/left-alone.ts";
import { takeFilesOut } from "./first-boot/undo.ts";
import { forcedBy, refuseBlocked } from "./guards/weigh.ts";
import { openWeighed } from "./open-weighed.ts";
import { summariseImage, tellWarnings, withoutHiveDirty } from "./open-windows.ts";
import { findCutRun, type FittedReceipts, noneFits } from "./receipt/choose.ts";
import type { Receipt } from "./receipt/receipt.ts";
import type { StoredReceipt } from "./receipt/store.ts";
import type { ChangedPlace, UndoResult } from "./results.ts";
import { commitChanges } from "./writing/commit.ts";
import { completeRun } from "./writing/complete.ts";
import { copiedSets } from "./writing/copied-sets.ts";
import { keyPlace, valuePlace } from "./writing/net.ts";
import { isStanding } from "./writing/standing.ts";
import { planTakeBack, type TakeBack } from "./writing/take-back.ts";

export interface ByValueOptions {
  readonly force: readonly ForceName[];
  readonly byValue: { readonly tool: string; readonly now: Date };
  readonly dryRun?: boolean | undefined;
}

/** Guards, plan, edit, check, receipt, commit, read back: as `apply`. Throws Failure (22 to 24, 28, 29, 30). */
export function undoByValue(
  session: ImageSession,
  receipts: FittedReceipts,
  options: ByValueOptions,
  emit: Emit,
): UndoResult {
  const { windows, verdict, warnings } = openWeighed(session, options.force, emit);
  refuseBlocked(verdict);
  const present = lookAtFirstBoot(session, windows.controlSets);
  const opened: Opened = { session, windows, present };
  const chosen = findCutUndo(opened, receipts) ?? chooseRun(opened, receipts);
  const { run, takeBack, cut } = chosen;
  emit({ kind: "receipt-read", path: run.path, at: run.receipt.at });
  const ran = [...firstBootRan(run, summariseFirstBoot(session, present)), ...wasCutShort(opened, run)];
  const found = [...warnings, ...receipts.warnings, ...chosen.warnings, ...mixedKeys(takeBack), ...ran];
  const done = options.dryRun
    ? { written: false, completed: null, undoReceipt: null, sha256: session.hiveSha256, warnings: [] }
    : write(session, windows, chosen, { ...options.byValue, forced: forcedBy(found) }, emit);
  const { written, completed, undoReceipt, sha256 } = done;
  const { dryRun = false } = options;
  const files = isServiceLeft(takeBack) ? undefined : takeFilesOut(session, run.receipt, { dryRun }, emit);
  const remarks = [...(written ? withoutHiveDirty(found) : found), ...(files?.warnings ?? [])];
  tellWarnings(remarks, emit);
  return {
    image: summariseImage(session),
    receipt: run.path,
    appliedAt: run.receipt.at,
    run: run.receipt.undoes === undefined ? "apply" : "undo",
    way: "by-value",
    written,
    restored: [],
    removed: files?.removed ?? [],
    steps: takeBack.steps,
    already: takeBack.already,
    left: takeBack.left,
    completed,
    undoReceipt,
    hiveSha256: { before: session.hiveSha256, after: sha256 },
    warnings: [...done.warnings, ...remarks],
    exitCode: cut?.receipt.exitCode ?? exitCodeOf(takeBack),
  };
}

interface Opened {
  readonly session: ImageSession;
  readonly windows: Windows;
  readonly present: PresentFirstBoot | undefined;
}

interface ChosenRun {
  readonly run: StoredReceipt;
  readonly takeBack: TakeBack;
  /** The undo of that run which was cut short past its point of commit: `takeBack` is what it did. */
  readonly cut?: StoredReceipt;
  readonly warnings: readonly Warning[];
}

function findCutUndo(opened: Opened, { fitted }: FittedReceipts): ChosenRun | undefined {
  const cut = findCutRun(opened.session).run;
  const undone = fitted.find(({ stored }) => stored.receipt.at === cut?.receipt.undoes?.at)?.stored;
  if (cut === undefined || undone === undefined) {
    return undefined;
  }
  const { already, left } = takeBackOf(opened, undone);
  const steps = cut.receipt.changes;
  const places = new Set(steps.map(placeOf));
  const before = already.filter((place) => !places.has(placeOf(place)));
  return { run: undone, takeBack: { steps, already: before, left }, cut, warnings: [] };
}

function placeOf({ key, name }: ChangedPlace): string {
  return name === undefined ? keyPlace(key) : valuePlace(key, name);
}

/** The newest run of which something stands; else the newest that something else has changed; else the newest that is taken back. */
function chooseRun(opened: Opened, receipts: FittedReceipts): ChosenRun {
  const seen: ChosenRun[] = [];
  const changed = (): ChosenRun[] =>
    seen.filter(({ run, takeBack }) => takeBack.left.length > 0 && !receipts.takenBack.has(run.receipt.at));
  for (const { stored } of receipts.fitted) {
    const run: ChosenRun = { run: stored, takeBack: takeBackOf(opened, stored), warnings: [] };
    if (run.takeBack.steps.length > 0) {
      return { ...run, warnings: changed().map(passedOver) };
    }
    seen.push(run);
  }
  const chosen = changed()[0] ?? seen.find(({ takeBack }) => takeBack.left.length === 0) ?? seen[0];
  if (chosen === undefined) {
    throw noneFits(opened.session, receipts);
  }
  return chosen;
}

function takeBackOf({ session, windows, present }: Opened, { receipt }: StoredReceipt): TakeBack {
  const { root } = session.hive;
  const begun = withoutLeft(root, [begunChanges(present, receipt)])
    .rounds.flat()
    .filter((change) => isStanding(root, change));
  const { steps, already, left } = planTakeBack(root, [...changesWithService(root, receipt), ...begun]);
  return { steps, already, left: [...left, ...copiedSets(root, receipt.changes, windows.controlSets)] };
}

/** What the finisher of that run has begun to write in Windows and could not end. */
function begunChanges(present: PresentFirstBoot | undefined, { firstBoot }: Receipt): readonly Change[] {
  return firstBoot !== undefined && present?.service?.id === firstBoot.id ? present.openChanges : [];
}

function wasCutShort({ session, present }: Opened, { receipt }: StoredReceipt): Warning[] {
  const begun = begunChanges(present, receipt);
  if (begun.length === 0) return [];
  const message = "A start of Windows was cut short while the first boot wrote: what stands of that is taken back too";
  return [{ code: "first-boot-cut-short", message }, ...withoutLeft(session.hive.root, [begun]).left];
}

function passedOver({ run, takeBack }: ChosenRun): Warning {
  return {
    code: "run-passed-over",
    message: `Nothing of the newer run of ${run.receipt.at} stands any more, and not everything is as it was before it (${takeBack.left.length} left): it is passed over. --receipt ${run.path} shows what is there now`,
  };
}

/** Settings of one key belong together: half taken back and half not, they may be what nobody meant. */
function mixedKeys({ steps, left }: TakeBack): Warning[] {
  const changed = new Set(steps.flatMap((step) => ("name" in step ? [keyPlace(step.key)] : [])));
  const kept = left.flatMap(({ key, name }) => (name !== undefined && changed.has(keyPlace(key)) ? [key] : []));
  return [...new Map(kept.map((key) => [keyPlace(key), key])).values()].map((key) => ({
    code: "key-mixed",
    message: `In ${key} some values are taken back and others are left: see that they go together before this Windows starts`,
  }));
}

/** What no longer stands is never hidden behind 0. */
function exitCodeOf({ steps, left }: TakeBack): ExitCode {
  if (left.length === 0) {
    return EXIT_CODES.done;
  }
  return steps.length === 0 ? EXIT_CODES.refused : EXIT_CODES.differs;
}

/** Its program stays as long as a control set may start it. */
function isServiceLeft({ left }: TakeBack): boolean {
  return left.some(({ key }) => isServiceKey(key) || !key.includes("\\"));
}

/** What a finisher did in the Windows that ran is not this run's, and stays. */
function firstBootRan({ receipt }: StoredReceipt, summary: FirstBootSummary | null): Warning[] {
  const result = summary?.result;
  if (receipt.firstBoot === undefined || result?.id !== receipt.firstBoot.id) return [];
  const moved = result.sources.filter(({ outcome }) => outcome === "moved").map(({ number }) => `source ${number}`);
  const what = moved.length === 0 ? "and moved nothing" : `and moved ${moved.join(", ")}, which stays`;
  return [
    {
      code: "first-boot-ran",
      message: `The first boot that this run arranged has been (${result.state}: ${result.reason}) ${what}`,
    },
  ];
}

/** Its warnings are told already. */
interface Written extends Pick<UndoResult, "written" | "completed" | "undoReceipt" | "warnings"> {
  /** Of the hive file afterwards. */
  readonly sha256: string;
}

function write(
  session: ImageSession,
  { version }: Windows,
  { run, takeBack, cut }: ChosenRun,
  { tool, now, forced }: ByValueOptions["byValue"] & { readonly forced: readonly string[] },
  emit: Emit,
): Written {
  if (cut !== undefined) {
    const sha256 = completeRun(session, cut, emit);
    return { written: true, completed: cut.receipt.at, undoReceipt: cut.path, sha256, warnings: [] };
  }
  if (takeBack.steps.length === 0) {
    return { written: false, completed: null, undoReceipt: null, sha256: session.hiveSha256, warnings: [] };
  }
  const undoes = { path: run.path, at: run.receipt.at };
  const about = { tool, forced, sources: [], exitCode: exitCodeOf(takeBack), undoes };
  const changes = takeBack.steps;
  const committed = commitChanges({ session, family: version.family, changes, now, about }, emit);
  const { receipt, sha256, warnings } = committed;
  return { written: receipt !== null, completed: null, undoReceipt: receipt, sha256, warnings };
}
