/** Which receipt fits a hive as it is: the only question between an undo and the wrong bytes in a SYSTEM hive. */
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { ImageSession } from "../image/session.ts";
import { binsSha256 } from "./hive-state.ts";
import { logStates } from "./log-states.ts";
import type { LogState, Receipt } from "./receipt.ts";
import { listReceipts, readReceipt, type StoredReceipt } from "./receipt-store.ts";

/**
 * as-left: the hive is exactly what the run made. cut-short: the run, or its undo, was interrupted; its journal leads to
 * one of the two states that the receipt knows. as-before: there is nothing to undo. other: something else has written.
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
    );
  }
  return chosen(best.stored, best.fit, warnings);
}

/** The bins are hashed once, and only when the file's own hash does not settle it. */
function fitter(session: ImageSession): (receipt: Receipt) => Fit {
  let bins: string | undefined;
  return (receipt) => {
    const { before, after } = receipt;
    if (session.hiveSha256 === after.sha256) {
      return "as-left";
    }
    if (session.hiveSha256 === before.sha256) {
      return hasLogsOf(session, receipt) ? "as-before" : "cut-short";
    }
    bins ??= binsSha256(session.hive);
    return bins === after.binsSha256 || bins === before.binsSha256 ? "cut-short" : "other";
  };
}

function hasLogsOf({ location }: ImageSession, { logsBefore }: Receipt): boolean {
  const asText = (logs: readonly LogState[]): string =>
    logs
      .map(({ name, sha256 }) => `${name.toUpperCase()} ${sha256}`)
      .sort()
      .join();
  return asText(logStates(location.hivePath)) === asText(logsBefore);
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
    "The hive was written since that run: its former bytes do not fit to what is there now",
    {
      at,
      code: "changed-since-receipt",
      advice:
        "when Windows has run since, set the network in it by hand; the receipt lists every change with what stood there before (changes[].was)",
    },
  );
}

function noneFits({ places }: ImageSession, fits: readonly Fit[]): Failure {
  if (fits.length === 0) {
    return new Failure("refused", "There is nothing to undo: the image has no receipt of a run", {
      at: places.receipts,
      code: "no-receipt",
      advice: "name one that is kept elsewhere (--receipt FILE)",
    });
  }
  return fits.includes("as-before") ? nothingToUndo(places.receipts) : writtenSince(places.receipts);
}
