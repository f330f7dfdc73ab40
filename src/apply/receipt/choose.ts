/** Which receipt fits a hive as it is: the only question between an undo and the wrong bytes in a SYSTEM hive. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { ImageSession } from "../../image/session.ts";
import { binsSha256 } from "./hive-state.ts";
import { hasLogsAsBefore, leftByRun } from "./left-by-run.ts";
import type { Receipt } from "./receipt.ts";
import { listReceipts, readReceipt, type StoredReceipt } from "./store.ts";

/**
 * as-left: the hive is exactly what the run made. cut-short: the run, or its undo, was interrupted; its journal leads to
 * one of the two states that the receipt knows, or has led there since. as-before: there is nothing to undo. other: something else has written.
 */
export type Fit = "as-left" | "cut-short" | "as-before" | "other";

export interface ChosenReceipt extends StoredReceipt {
  readonly warnings: readonly Warning[];
}

/** `named` is a receipt's path. Throws Failure: refused (24) when none fits, invalidDocument (20), noImage (21). */
export function chooseReceipt(session: ImageSession, named: string | undefined): ChosenReceipt {
  const fitOf = fitter(session);
  if (named !== undefined) {
    const stored = readReceipt(named);
    return chosen(stored, fitOf(stored.receipt), []);
  }
  const { receipts, warnings } = listReceipts(session.places.receipts);
  const fits = receipts.map((stored) => ({ stored, fit: fitOf(stored.receipt) }));
  // A run that was cut short began where the one before it ended: its traces go first.
  const best = fits.find(({ fit }) => fit === "cut-short") ?? fits.find(({ fit }) => fit === "as-left");
  if (best === undefined) {
    throw noneFits(
      session,
      fits.map(({ fit }) => fit),
      warnings,
    );
  }
  return chosen(best.stored, best.fit, warnings);
}

export interface CutRun {
  /** The run of which the rest is in the hive's logs only; undefined: the hive is not dirty, or not by a run of this program. */
  readonly run: StoredReceipt | undefined;
  /** A receipt that cannot be read might be the one. */
  readonly warnings: readonly Warning[];
}

/** Throws the system's error when the receipts are there and cannot be listed. */
export function findCutRun(session: ImageSession): CutRun {
  if (!session.hive.recovery.dirty) {
    return { run: undefined, warnings: [] };
  }
  const fitOf = fitter(session);
  const bins = binsSha256(session.hive);
  const { receipts, warnings } = listReceipts(session.places.receipts);
  const run = receipts.find(({ receipt }) => receipt.after.binsSha256 === bins && fitOf(receipt) === "cut-short");
  return { run, warnings };
}

/** The bins are hashed once, and only when the file's own hash does not settle it. */
function fitter(session: ImageSession): (receipt: Receipt) => Fit {
  let bins: string | undefined;
  return (receipt) => {
    const { before, after } = receipt;
    if (session.hiveSha256 === after.sha256) {
      return "as-left";
    }
    if (session.hiveSha256 === before.sha256 && hasLogsAsBefore(session, receipt)) {
      return "as-before";
    }
    bins ??= binsSha256(session.hive);
    const isKnown = bins === after.binsSha256 || bins === before.binsSha256;
    return isKnown && leftByRun(session, receipt) ? "cut-short" : "other";
  };
}

function chosen(stored: StoredReceipt, fit: Fit, warnings: readonly Warning[]): ChosenReceipt {
  switch (fit) {
    case "as-left":
      return { ...stored, warnings };
    case "cut-short": {
      const message = `The run of ${stored.receipt.at}, or its undo, was cut short: the hive was neither quite as before nor quite as after it`;
      return { ...stored, warnings: [...warnings, { code: "run-cut-short", message }] };
    }
    case "as-before":
      throw nothingToUndo(stored.path);
    case "other":
      throw writtenSince(stored.path);
  }
}

function nothingToUndo(at: string): Failure {
  return new Failure("refused", "There is nothing to undo: the hive and its logs are as they were before that run", {
    at,
    code: "nothing-to-undo",
  });
}

function writtenSince(at: string): Failure {
  return new Failure(
    "refused",
    "Something else has written to the hive or to its logs since that run: its former bytes do not fit to what is there now",
    {
      at,
      code: "changed-since-receipt",
      advice:
        "when Windows has run since, set the network in it by hand; the receipt lists every change with what stood there before (changes[].was)",
    },
  );
}

function noneFits(session: ImageSession, fits: readonly Fit[], unreadable: readonly Warning[]): Failure {
  const failure = whyNoneFits(session, fits, unreadable.length > 0);
  if (unreadable.length === 0) {
    return failure;
  }
  const { exit, message, at, code, advice } = failure;
  const names = unreadable.map((warning) => warning.message).join("; ");
  return new Failure(exit, `${message}. ${names}`, {
    at,
    code,
    advice: `${advice === undefined ? "" : `${advice}; `}a copy of a receipt that was kept elsewhere can be named (--receipt FILE)`,
  });
}

function whyNoneFits({ places }: ImageSession, fits: readonly Fit[], areUnreadable: boolean): Failure {
  if (fits.length > 0) {
    return fits.includes("as-before") ? nothingToUndo(places.receipts) : writtenSince(places.receipts);
  }
  return areUnreadable
    ? new Failure("refused", "Nothing can be undone: the image has no receipt that can be read", {
        at: places.receipts,
        code: "no-receipt",
      })
    : new Failure("refused", "There is nothing to undo: the image has no receipt of a run", {
        at: places.receipts,
        code: "no-receipt",
        advice: "name one that is kept elsewhere (--receipt FILE)",
      });
}
