/** `undo`: puts back, bit for bit, what a run of `apply` found; when something else has written since and it is asked for, value by value. */
import { EXIT_CODES } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import type { ImageSession } from "../image/session.ts";
import type { Emit } from "./events.ts";
import { refuseBlocked, weighGuards } from "./guards/weigh.ts";
import {
  forcedDirty,
  type ImageOptions,
  linkWarnings,
  summariseImage,
  tellWarnings,
  withImage,
} from "./open-windows.ts";
import { type AnswerRun, findAnswerRun, undoAnswerFile } from "./answer-file/undo.ts";
import { isServiceKey } from "./first-boot/service-keys.ts";
import { takeFilesOut } from "./first-boot/undo.ts";
import { type ChosenReceipt, exactReceipt, fitReceipts, type FittedReceipts, noneFits } from "./receipt/choose.ts";
import type { Receipt } from "./receipt/receipt.ts";
import type { UndoResult } from "./results.ts";
import { undoByValue } from "./undo-by-value.ts";
import { foreseeRestore, restoreFiles } from "./writing/restore.ts";

export interface UndoOptions extends ImageOptions {
  /** A receipt's path; absent: the one in the image that fits the hive as it is. */
  readonly receipt?: string | undefined;
  /**
   * Where no receipt fits: take back each change that still stands. That is a run like `apply`, with a receipt of its own
   * (`tool` as there). Absent: refuse. What can be restored bit for bit always is.
   */
  readonly byValue?: { readonly tool: string; readonly now: Date } | undefined;
  /** Say what would be done, and write nothing. */
  readonly dryRun?: boolean | undefined;
}

/**
 * After a power cut in the middle of a run or of an undo too. Exit code 28 when some changes no longer stood and were left,
 * 24 when none stood. Throws Failure: refused (24) when no receipt fits or the hive was written since, invalidDocument (20)
 * for a receipt that is not whole, 29 and 30 as apply, differs (28); by value also 22 and 23.
 */
export function undoImage(options: UndoOptions, emit: Emit): UndoResult {
  return withImage(options, options.dryRun ? "read" : "read-write", emit, (session) => {
    const answer = findAnswerRun(session, options.receipt);
    if (answer !== undefined && options.receipt !== undefined) {
      return undoAnswer(session, answer, options, emit);
    }
    const receipts = fitReceipts(session, options.receipt);
    const exact = exactReceipt(receipts);
    if (answer !== undefined && isNext(answer, receipts, exact)) {
      return undoAnswer(session, answer, options, emit);
    }
    if (exact === undefined && options.byValue !== undefined) {
      return undoByValue(session, receipts, { ...options, byValue: options.byValue }, emit);
    }
    const verdict = weighGuards({ volume: session.evidence }, options.force, emit);
    refuseBlocked(verdict);
    if (exact === undefined) {
      throw noneFits(session, receipts);
    }
    emit({ kind: "receipt-read", path: exact.path, at: exact.receipt.at });
    return undoExactly(session, exact, options, emit, verdict.warnings);
  });
}

/** The answer file is what was written last; or the image has no other receipt. */
function isNext(answer: AnswerRun, { fitted }: FittedReceipts, exact: ChosenReceipt | undefined): boolean {
  return answer.fit === "as-left"
    ? exact === undefined || exact.receipt.at < answer.stored.receipt.at
    : fitted.length === 0;
}

function undoAnswer(session: ImageSession, answer: AnswerRun, options: UndoOptions, emit: Emit): UndoResult {
  const verdict = weighGuards({ volume: session.evidence }, options.force, emit);
  refuseBlocked(verdict);
  return undoAnswerFile(session, answer, options, emit, verdict.warnings);
}

function undoExactly(
  session: ImageSession,
  chosen: ChosenReceipt,
  { dryRun = false }: UndoOptions,
  emit: Emit,
  guardWarnings: UndoResult["warnings"],
): UndoResult {
  session.assertUnchanged();
  const hive = dryRun ? foreseeRestore(session, chosen) : restoreFiles(session, chosen, emit);
  const files = takeFilesOut(session, chosen.receipt, { dryRun }, emit);
  const found = [...session.warnings, ...linkWarnings(session.location.links), ...forcedDirty(session.hive)];
  const warnings = [
    ...found,
    ...guardWarnings,
    ...chosen.warnings,
    ...hive.remarks,
    ...files.warnings,
    ...serviceIsBack(chosen.receipt),
  ];
  tellWarnings(warnings, emit);
  return {
    image: summariseImage(session),
    receipt: chosen.path,
    appliedAt: chosen.receipt.at,
    run: chosen.receipt.undoes === undefined ? "apply" : "undo",
    way: "bit-for-bit",
    written: !dryRun,
    restored: hive.restored,
    removed: [...hive.removed, ...files.removed],
    steps: [],
    already: [],
    left: [],
    completed: null,
    undoReceipt: null,
    hiveSha256: { before: session.hiveSha256, after: dryRun ? session.hiveSha256 : chosen.receipt.before.sha256 },
    warnings,
    exitCode: EXIT_CODES.done,
  };
}

/** An undo value by value takes the files of a first boot away, and they are in no receipt. */
function serviceIsBack({ undoes, changes }: Receipt): Warning[] {
  if (undoes === undefined || !changes.some(({ kind, key }) => kind === "delete-key" && isServiceKey(key))) return [];
  const message =
    "The service of a first boot is back, and its files are not: pint apply --first-boot puts them there, and pint undo --values takes the service out";
  return [{ code: "first-boot-incomplete", message }];
}
