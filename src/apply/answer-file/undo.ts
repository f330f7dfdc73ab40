/** Takes an answer file out of an image again, or out of it what a run has put in. */
import path from "node:path";
import fs from "fs-extra";
import { EXIT_CODES } from "../../exit/codes.ts";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { syncFolder } from "../../image/durable-file.ts";
import type { Host } from "../../image/host.ts";
import type { ImageSession } from "../../image/session.ts";
import { findInVolume } from "../../image/volume-path.ts";
import { answerText } from "../../unattend/answer-text.ts";
import { spliced } from "../../unattend/insertion.ts";
import type { Emit } from "../events.ts";
import { linkWarnings, summariseImage, tellWarnings } from "../open-windows.ts";
import { sha256 } from "../receipt/hive-state.ts";
import type { UndoResult } from "../results.ts";
import { readAnswerFile } from "./compose.ts";
import { listAnswerReceipts, readAnswerReceipt, type StoredAnswerReceipt } from "./receipt.ts";
import { replaceAnswerFile } from "./replace.ts";
import { attempt, rootOf } from "./write.ts";

export interface AnswerRun {
  readonly stored: StoredAnswerReceipt;
  /** as-left: the file is exactly what the run made. as-before: there is nothing to undo. other: something else has written it since. */
  readonly fit: "as-left" | "as-before" | "other";
  /** Undefined when the file is gone. */
  readonly file: string | undefined;
  readonly warnings: readonly Warning[];
}

/** The newest run that left an answer file as it is now; else the newest that something else has written over; undefined when none was ever written. Throws Failure (20, 21). */
export function findAnswerRun(session: ImageSession, named: string | undefined): AnswerRun | undefined {
  const { receipts, warnings } = named === undefined ? listAnswerReceipts(session) : namedReceipt(named);
  const runs = receipts.map((stored) => ({ stored, ...fitOf(session, stored), warnings }));
  return runs.find(({ fit }) => fit === "as-left") ?? runs.find(({ fit }) => fit === "other") ?? runs[0];
}

function namedReceipt(named: string): ReturnType<typeof listAnswerReceipts> {
  const stored = readAnswerReceipt(named);
  return { receipts: stored === undefined ? [] : [stored], warnings: [] };
}

function fitOf(session: ImageSession, { receipt }: StoredAnswerReceipt): Pick<AnswerRun, "fit" | "file"> {
  const file = findInVolume(rootOf(session), receipt.file.split("/"))?.path;
  if (file === undefined) return { file, fit: receipt.before === null ? "as-before" : "other" };
  const hash = sha256(readAnswerFile(file));
  const fit = hash === receipt.after.sha256 ? "as-left" : hash === receipt.before?.sha256 ? "as-before" : "other";
  return { file, fit };
}

/** Throws Failure: refused (24) unless the file is as the run left it, invalidDocument (20) for a receipt that does not lead back, 29. */
export function undoAnswerFile(
  session: ImageSession,
  run: AnswerRun,
  { dryRun = false }: { readonly dryRun?: boolean | undefined },
  emit: Emit,
  guardWarnings: readonly Warning[],
): UndoResult {
  const { stored, file } = run;
  const { receipt } = stored;
  emit({ kind: "receipt-read", path: stored.path, at: receipt.at });
  if (run.fit !== "as-left" || file === undefined) throw notAsLeft(run);
  const former = receipt.before === null ? undefined : formerBytes(file, stored);
  const changed: Warning[] = [];
  if (!dryRun) {
    changed.push(...attempt(file, () => putBack(file, former, session.host)));
    emit({ kind: "restored", file, how: former === undefined ? "removed" : "former-bytes" });
  }
  const warnings = [
    ...session.warnings,
    ...linkWarnings(session.location.links),
    ...guardWarnings,
    ...run.warnings,
    ...changed,
  ];
  tellWarnings(warnings, emit);
  return {
    image: summariseImage(session),
    receipt: stored.path,
    appliedAt: receipt.at,
    run: "apply",
    way: "bit-for-bit",
    written: !dryRun,
    restored: former === undefined ? [] : [file],
    removed: former === undefined ? [file] : [],
    steps: [],
    already: [],
    left: [],
    completed: null,
    undoReceipt: null,
    hiveSha256: { before: session.hiveSha256, after: session.hiveSha256 },
    warnings,
    exitCode: EXIT_CODES.done,
  };
}

function putBack(file: string, former: Uint8Array | undefined, host: Host): readonly Warning[] {
  if (former !== undefined) return replaceAnswerFile(file, former, host);
  fs.unlinkSync(file);
  syncFolder(path.dirname(file));
  return [];
}

/** A damaged receipt is found out before anything is written. */
function formerBytes(file: string, { path: receiptPath, receipt }: StoredAnswerReceipt): Uint8Array {
  const { text, encode } = answerText(readAnswerFile(file), file);
  const former = encode(receipt.takeBack.reduce(spliced, text));
  if (sha256(former) === receipt.before?.sha256) return former;
  throw new Failure(
    "invalidDocument",
    "This receipt does not lead back to the former answer file: it was cut or altered",
    {
      at: receiptPath,
      code: "receipt-damaged",
      advice: "use another copy of the receipt; nothing was changed",
    },
  );
}

function notAsLeft({ stored, fit, file }: AnswerRun): Failure {
  if (fit === "as-before") {
    return new Failure("refused", "There is nothing to undo: the answer file is as it was before that run", {
      at: stored.path,
      code: "nothing-to-undo",
    });
  }
  return new Failure(
    "refused",
    "Something else has written the answer file since that run, or removed it: Setup does when it is done with it",
    {
      at: file ?? stored.receipt.file,
      code: "changed-since-receipt",
      advice: "take the entries of these MAC addresses out by hand, if they are still there",
    },
  );
}
