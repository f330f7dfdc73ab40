/** What a dirty hive's state means for whoever works with it: what was replayed, what is lost, and what forcing it would lose. */
import type { Warning } from "../exit/warning.ts";
import { FORCE_MEANS } from "../image/force.ts";
import { type CheckResult, describe, type Hive, type Problem, type Recovery, replayEffect } from "../regf/index.ts";
import { entriesText, summariseLogs } from "./log-summary.ts";
import type { ForcingSummary, LogSummary, ReplaySummary } from "./hive-results.ts";

/** Null when nothing was replayed. Throws StorageError. */
export function summariseReplay(hive: Hive): ReplaySummary | null {
  const [first] = hive.recovery.replayed;
  const last = hive.recovery.replayed.at(-1);
  if (first === undefined || last === undefined) {
    return null;
  }
  const { pages, pagesChanged, difference, unreadable } = replayEffect(hive);
  return {
    entries: hive.recovery.replayed.reduce((sum, { entries }) => sum + entries, 0),
    firstSequence: first.firstSequence,
    lastSequence: last.lastSequence,
    pages,
    pagesChanged,
    difference: difference ?? null,
    notCompared:
      difference === undefined
        ? unreadable === undefined
          ? "that would take more work than the size of the hive justifies"
          : describe(unreadable)
        : null,
  };
}

/** What the logs of a hive that was opened could not give. */
export function lossWarnings({ recovery }: Hive): Warning[] {
  const { replayed, lost, baseBlockValid, secondarySequence } = recovery;
  const [first] = replayed;
  const last = replayed.at(-1);
  if (first === undefined || last === undefined) {
    return [];
  }
  const state = `The hive is as of entry ${last.lastSequence}`;
  const losses = lostSentences(recovery);
  const isGap =
    replayed.length === 1 &&
    lost.length === 0 &&
    baseBlockValid &&
    first.kind === "HvLE" &&
    first.firstSequence !== secondarySequence;
  return [
    ...(lost.length === 0
      ? []
      : [
          {
            code: "log-entries-lost",
            message: `${state}, and Windows had written later ones, which cannot be applied: ${losses.join("; ")}. Windows would lose them too, as far as its rules are known; pages that it had already written may be newer than the rest`,
          },
        ]),
    ...(isGap
      ? [
          {
            code: "log-gap",
            message: `The only log that could be replayed begins with entry ${first.firstSequence}, but the hive is complete only up to ${secondarySequence}: what was between is in the hive already, or in a log that is missing here. If the hive was copied, copy both of its logs with it`,
          },
        ]
      : []),
  ];
}

/** "SYSTEM.LOG2: 10 entries (291 to 300): it does not continue ..." */
function lostSentences(recovery: Recovery): string[] {
  return summariseLogs(recovery).flatMap(({ name, lost, reason }) =>
    lost === null
      ? []
      : [
          `${name} holds ${entriesText(lost)}, but ${reason === null ? "an earlier entry is not whole" : `it ${reason}`}`,
        ],
  );
}

/** For a hive that was taken as it stands; `found` is its check, where there was one. */
export function forcedMessage(hive: Hive, found: CheckResult | undefined): string {
  return [`Forced: ${FORCE_MEANS.dirty}`, ...losesWhenForced(hive.recovery, found)].join(". ");
}

export function summariseForcing(recovery: Recovery, opened: CheckResult | Problem): ForcingSummary {
  const loses = losesWhenForced(recovery, opened);
  if (!("counts" in opened)) {
    return { counts: null, loses };
  }
  return { counts: { ...opened.counts, ...severities(opened) }, loses };
}

/** The last sentence is what the check of the hive as it stands says, or why it cannot be opened even so. */
function losesWhenForced(recovery: Recovery, opened: CheckResult | Problem | undefined): string[] {
  const logs = summariseLogs(recovery);
  return [
    ...(logs.length === 0 ? [NO_LOGS] : logs.map(lossOf)),
    "Windows had begun to write the hive and had not finished: old and new pages may stand side by side, and a check sees that only where they contradict each other",
    ...(opened === undefined ? [] : [asItStands(opened)]),
  ];
}

/** Maxim Suhanov, "Flush strategies in the Windows registry": the hour. */
const NO_LOGS =
  "No log is beside the hive: which changes it held cannot be told. Since Windows 8.1 they can be those of the last hour, or of the whole session of a Windows that was not shut down";

function lossOf({ name, lost, kind, reason }: LogSummary): string {
  if (lost !== null) {
    return `${name} holds ${entriesText(lost)} which the hive lacks: it ${reason ?? "cannot be reached"}`;
  }
  const what = kind === null ? "which changes it held cannot be told" : "what it holds is not in the hive";
  const isOlder = kind === "HvLE" && reason?.startsWith("is older") === true;
  return isOlder ? `${name} holds nothing that the hive does not have` : `${name}: ${what}; it ${reason}`;
}

function asItStands(opened: CheckResult | Problem): string {
  if (!("counts" in opened)) {
    return `As it stands the hive cannot be opened even if forced: ${describe(opened)}`;
  }
  const { keys, values } = opened.counts;
  const { fatal, warnings } = severities(opened);
  return `As it stands the hive has ${keys} keys and ${values} values; the check of it finds ${verdict(fatal, warnings)}`;
}

function verdict(fatal: number, warnings: number): string {
  if (fatal > 0) {
    return `${fatal === 1 ? "a fatal problem" : `${fatal} fatal problems`}, so that nothing can be written to it`;
  }
  return warnings === 0
    ? "nothing wrong"
    : `${warnings === 1 ? "one thing" : `${warnings} things`} that Windows tolerates`;
}

/** What only says once more that the hive is dirty is not counted. */
const DIRTINESS: readonly Problem["code"][] = ["sequences-differ", "bad-checksum"];

function severities({ problems }: CheckResult) {
  const fatal = problems.filter(({ severity }) => severity === "fatal").length;
  const dirtiness = problems.filter(({ code }) => DIRTINESS.includes(code)).length;
  return { fatal, warnings: problems.length - fatal - dirtiness };
}
