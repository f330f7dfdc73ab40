/** Which receipt fits a hive as it is: the only question between an undo and the wrong bytes in a SYSTEM hive. */
import { EXIT_CODES } from "../../exit/codes.ts";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { ImageSession } from "../../image/session.ts";
import { binsSha256 } from "./hive-state.ts";
import { hasLogsAsBefore, leadsBack, leftByRun } from "./left-by-run.ts";
import type { Receipt } from "./receipt.ts";
import { listReceipts, readReceipt, type StoredReceipt } from "./store.ts";

/**
 * as-left: the hive is exactly what the run made. cut-short: the run, or its undo, was interrupted; its journal leads to
 * one of the two states that the receipt knows, or has led there since. as-before: there is nothing to undo. other: something else has written.
 */
type Fit = "as-left" | "cut-short" | "as-before" | "other";

interface FittedReceipt {
  readonly stored: StoredReceipt;
  readonly fit: Fit;
}

/** The receipts that an undo chooses from, newest first. */
export interface FittedReceipts {
  readonly fitted: readonly FittedReceipt[];
  /** When the runs began of which an undo has taken back every change, value by value. */
  readonly takenBack: ReadonlySet<string>;
  /** The receipt that a person named: then it is the only one. */
  readonly named: string | undefined;
  readonly warnings: readonly Warning[];
}

/**
 * Without a name, only those of `apply`: whoever undoes again wants to go further back, not to have done again what he took back.
 * Throws Failure: invalidDocument (20), noImage (21) for a named one.
 */
export function fitReceipts(session: ImageSession, named: string | undefined): FittedReceipts {
  const fitOf = fitter(session);
  const { receipts, warnings } =
    named === undefined ? listReceipts(session.places.receipts) : { receipts: [readReceipt(named)], warnings: [] };
  const candidates = receipts.filter(({ receipt }) => named !== undefined || receipt.undoes === undefined);
  const fitted = candidates.map((stored) => ({ stored, fit: fitOf(stored.receipt) }));
  // What is exactly as one run found it holds nothing of the runs after that either.
  const asBefore = fitted.findLastIndex(({ fit }) => fit === "as-before");
  const takenBack = receipts.flatMap(({ receipt: { undoes, exitCode } }) =>
    undoes !== undefined && exitCode === EXIT_CODES.done ? [undoes.at] : [],
  );
  return { fitted: fitted.slice(Math.max(0, asBefore)), takenBack: new Set(takenBack), named, warnings };
}

export interface ChosenReceipt extends StoredReceipt {
  readonly warnings: readonly Warning[];
}

/** The one by which the hive is restored bit for bit; undefined when there is none. */
export function exactReceipt({ fitted, warnings }: FittedReceipts): ChosenReceipt | undefined {
  const cut = lastOfChain(fitted.filter(({ fit }) => fit === "cut-short"));
  if (cut !== undefined) {
    const message = `The run of ${cut.stored.receipt.at}, or its undo, was cut short: the hive was neither quite as before nor quite as after it`;
    return { ...cut.stored, warnings: [...warnings, { code: "run-cut-short", message }] };
  }
  const whole = fitted.find(({ fit }) => fit === "as-left");
  return whole && { ...whole.stored, warnings };
}

/**
 * A run that was cut short began where the one before it ended, and both may fit: its traces go first, whatever the
 * clocks said. Two runs of which each ends where the other begins are told apart by their times.
 */
function lastOfChain(fitted: readonly FittedReceipt[]): FittedReceipt | undefined {
  const last = fitted.find(({ stored: { receipt } }) =>
    fitted.every(({ stored }) => stored.receipt.before.binsSha256 !== receipt.after.binsSha256),
  );
  return last ?? fitted[0];
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
      return leadsBack(session, receipt) ? "as-left" : "other";
    }
    if (session.hiveSha256 === before.sha256 && hasLogsAsBefore(session, receipt)) {
      return "as-before";
    }
    bins ??= binsSha256(session.hive);
    const isKnown = bins === after.binsSha256 || bins === before.binsSha256;
    return isKnown && leftByRun(session, receipt) ? "cut-short" : "other";
  };
}

/** Why no receipt restores the hive bit for bit. */
export function noneFits({ places }: ImageSession, receipts: FittedReceipts): Failure {
  const { fitted, warnings } = receipts;
  const failure =
    fitted.length === 0 ? noReceipt(places.receipts, warnings.length > 0) : noExactFit(receipts, places.receipts);
  if (warnings.length === 0) {
    return failure;
  }
  const { exit, message, at, code, advice } = failure;
  const names = warnings.map((warning) => warning.message).join("; ");
  return new Failure(exit, `${message}. ${names}`, {
    at,
    code,
    advice: `${advice === undefined ? "" : `${advice}; `}a copy of a receipt that was kept elsewhere can be named (--receipt FILE)`,
  });
}

function noExactFit({ fitted, named }: FittedReceipts, folder: string): Failure {
  const at = named ?? folder;
  const areEarlier = fitted.some(({ fit }) => fit === "other");
  if (fitted.some(({ fit }) => fit === "as-before")) {
    return new Failure("refused", "There is nothing to undo: the hive and its logs are as they were before that run", {
      at,
      code: "nothing-to-undo",
      advice: areEarlier
        ? "what is left of the run before it, pint undo --values takes back"
        : fitted.some(({ stored }) => stored.receipt.firstBoot !== undefined)
          ? "files of its first boot that lie there still, pint undo --values takes away"
          : undefined,
    });
  }
  return new Failure(
    "refused",
    "Something else has written to the hive or to its logs since that run: its former bytes do not fit to what is there now",
    {
      at,
      code: "changed-since-receipt",
      advice:
        "pint undo --values takes back each change of the run that still stands, and names the others (with --dry-run it only tells them)",
    },
  );
}

function noReceipt(at: string, areUnreadable: boolean): Failure {
  return areUnreadable
    ? new Failure("refused", "Nothing can be undone: the image has no receipt that can be read", {
        at,
        code: "no-receipt",
      })
    : new Failure("refused", "There is nothing to undo: the image has no receipt of a run", {
        at,
        code: "no-receipt",
        advice: "name one that is kept elsewhere (--receipt FILE)",
      });
}
