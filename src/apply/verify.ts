/** `verify`: whether an image is as the profile wants it, or as the last run left it. */
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import { withoutDamaged } from "../image/force.ts";
import type { ImageSession } from "../image/session.ts";
import { isMadeDhcp, type Outcome, type PlannedSource, type Step } from "../plan/model.ts";
import { DEFAULT_PLAN_OPTIONS } from "../plan/options.ts";
import type { Windows } from "../windows/model/windows.ts";
import type { Emit } from "./events.ts";
import { withPresent } from "./first-boot/arranged-plan.ts";
import { arrangedDocument, lookAtFirstBoot, type PresentFirstBoot } from "./first-boot/present.ts";
import type { FirstBootSummary } from "./first-boot/result.ts";
import { summariseFirstBoot } from "./first-boot/summary.ts";
import { differencesOfRun, firstBootDifferences } from "./first-boot/verify.ts";
import { type ImageOptions, openWindows, summariseImage, tellWarnings, withImage } from "./open-windows.ts";
import { type PlanningOptions, type PreparedPlan, preparePlan, tellSources } from "./planning.ts";
import { listReceipts, type ReceiptList, type StoredReceipt } from "./receipt/store.ts";
import type { Difference, VerifyResult } from "./results.ts";
import { differencesFrom } from "./writing/standing.ts";

export interface VerifyOptions extends ImageOptions {
  /** Against a profile (named or saved in the image) or the image's orphans. Absent: against the last run's receipt, or the saved profile where there is none. */
  readonly planning?: PlanningOptions | undefined;
}

type Verdict = Omit<VerifyResult, "image" | "firstBoot" | "exitCode">;

/** Exit code 28 with each difference named. Throws Failure (2, 20 to 23). Writes nothing. */
export function verifyImage(options: VerifyOptions, emit: Emit): VerifyResult {
  return withImage(options, "read", emit, (session) => {
    const opened = openWindows(session, withoutDamaged(options.force), emit);
    const present = lookAtFirstBoot(session, opened.windows.controlSets);
    const firstBoot = summariseFirstBoot(session, present);
    const verdict = judge(session, opened.windows, { ...options, present, firstBoot }, emit);
    const differences = distinct([...verdict.differences, ...firstBootDifferences(firstBoot)]);
    tellSources(verdict.sources, emit);
    emit({ kind: "compared", changes: verdict.sources.length, differences: differences.length });
    for (const difference of differences) {
      emit({ kind: "difference", difference });
    }
    const warnings = [...opened.warnings, ...verdict.warnings];
    tellWarnings(warnings, emit);
    return {
      image: summariseImage(session),
      ...verdict,
      differences,
      firstBoot,
      warnings,
      exitCode: exitCodeOf(differences, firstBoot),
    };
  });
}

/** What waits for the first boot never hides behind 0. */
function exitCodeOf(differences: readonly Difference[], firstBoot: FirstBootSummary | null): ExitCode {
  if (differences.length > 0) {
    return EXIT_CODES.differs;
  }
  return firstBoot?.state === "arranged" ? EXIT_CODES.arranged : EXIT_CODES.done;
}

/** A file of a first boot that is not there is missed by its receipt, and by what the image holds of it. */
function distinct(differences: readonly Difference[]): Difference[] {
  return [...new Map(differences.map((difference) => [JSON.stringify(difference), difference])).values()];
}

interface Judging {
  readonly planning?: PlanningOptions | undefined;
  readonly present: PresentFirstBoot | undefined;
  readonly firstBoot: FirstBootSummary | null;
}

function judge(session: ImageSession, windows: Windows, judging: Judging, emit: Emit): Verdict {
  const { planning, present, firstBoot } = judging;
  const prepared = (what: PlanningOptions): PreparedPlan => prepare(session, windows, what, present, emit);
  if (planning !== undefined) {
    return byPlan(prepared(planning));
  }
  const list = listReceipts(session.places.receipts);
  const last = lastRun(session, list.receipts);
  if (last !== undefined) {
    const verdict = byReceipt(session, last, list, emit);
    return { ...verdict, differences: differencesOfRun(session, last.receipt, firstBoot, verdict.differences) };
  }
  if (session.places.savedProfiles.length === 0) {
    throw nothingToCompare(session);
  }
  const verdict = byPlan(prepared({ pairing: DEFAULT_PLAN_OPTIONS }));
  return { ...verdict, warnings: [...list.warnings, ...verdict.warnings] };
}

/** What is arranged for the first boot has its place. */
function prepare(
  session: ImageSession,
  windows: Windows,
  planning: PlanningOptions,
  present: PresentFirstBoot | undefined,
  emit: Emit,
): PreparedPlan {
  const prepared = preparePlan(session, windows, planning, emit);
  return { ...prepared, plan: withPresent(prepared, arrangedDocument(present)) };
}

/** What would still be changed, and every source that is not where it belongs. */
function byPlan({ plan, profile }: PreparedPlan): Verdict {
  const against =
    profile === undefined ? ({ kind: "orphans", path: null } as const) : ({ kind: "profile", path: profile } as const);
  const details = plan.warnings.filter(({ code }) => code === "details-differ").map(({ message }) => ({ message }));
  const differences = [...plan.sources.flatMap(differenceOfSource), ...plan.steps.map(differenceOfStep), ...details];
  return { against, sources: plan.sources, differences, warnings: plan.warnings };
}

/** The others are as they are meant to be, or are meant to be left alone. */
const NOT_IN_PLACE: Readonly<Partial<Record<Outcome, string>>> = {
  moved: "is not in place",
  unplaced: "has no place",
  pending: "waits for its adapter",
  conflict: "is in conflict",
};

function differenceOfSource({ source, outcome, reason, matchedBy, pendingParts }: PlannedSource): Difference[] {
  const isPart = outcome === "pending" && pendingParts !== undefined && matchedBy === undefined;
  const waits = isPart ? "waits for its IPv6" : NOT_IN_PLACE[outcome];
  const what = isMadeDhcp({ outcome, matchedBy }) ? "is not DHCP yet" : waits;
  const name = source.name ?? source.guid ?? "a source";
  return what === undefined ? [] : [{ message: `${name} (${source.addresses.join(", ")}) ${what}: ${reason}` }];
}

function differenceOfStep(step: Step): Difference {
  switch (step.kind) {
    case "create-key":
      return { message: "The key is not there", key: step.key };
    case "delete-key":
      return { message: "The key is still there", key: step.key };
    case "delete-value":
      return { message: "The value is still there", key: step.key, name: step.name, meant: null, found: step.was };
    case "set-value":
      return {
        message: step.was === null ? "The value is not there" : "The value is another one",
        key: step.key,
        name: step.name,
        meant: { type: step.type, data: step.data },
        found: step.was,
      };
  }
}

/** The run of `apply` that left exactly this file; else the newest, clocks permitting. */
function lastRun(session: ImageSession, receipts: readonly StoredReceipt[]): StoredReceipt | undefined {
  const runs = receipts.filter(({ receipt }) => receipt.undoes === undefined);
  return runs.find(({ receipt }) => receipt.after.sha256 === session.hiveSha256) ?? runs[0];
}

function byReceipt(
  session: ImageSession,
  { path, receipt }: StoredReceipt,
  { receipts, warnings }: ReceiptList,
  emit: Emit,
): Verdict {
  emit({ kind: "receipt-read", path, at: receipt.at });
  const { root } = session.hive;
  const asBefore = `The hive is as it was before the run of ${receipt.at}: that was undone, or never came to its end`;
  const taken = receipts
    .filter(
      ({ receipt: { undoes, changes } }) => undoes?.at === receipt.at && differencesFrom(root, changes).length === 0,
    )
    .map((undo) => `The run of ${receipt.at} was taken back, value by value, by the undo of ${undo.receipt.at}`);
  const undone = receipt.before.sha256 === session.hiveSha256 ? [asBefore] : taken.slice(0, 1);
  const differences: Difference[] = [
    ...undone.map((message) => ({ message })),
    ...differencesFrom(root, receipt.changes),
  ];
  return { against: { kind: "receipt", path }, sources: receipt.sources, differences, warnings };
}

function nothingToCompare({ places }: ImageSession): Failure {
  return new Failure(
    "noImage",
    "There is nothing to compare the image with: it has no receipt of a run and no saved profile",
    {
      at: places.receipts,
      code: "no-profile",
      advice: "name a profile (--profile FILE)",
    },
  );
}
