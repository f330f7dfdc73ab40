/** `undo`: puts back, bit for bit, what a run of `apply` found, as long as nothing else has written since. */
import { EXIT_CODES } from "../exit/codes.ts";
import { chooseReceipt } from "./receipt/choose.ts";
import type { Emit } from "./events.ts";
import { refuseBlocked, weighGuards } from "./guards.ts";
import {
  forcedDirty,
  type ImageOptions,
  linkWarnings,
  summariseImage,
  tellWarnings,
  withImage,
} from "./open-windows.ts";
import { restoreFiles } from "./writing/restore.ts";
import type { UndoResult } from "./results.ts";

export interface UndoOptions extends ImageOptions {
  /** A receipt's path; absent: the one in the image that fits the hive as it is. */
  readonly receipt?: string | undefined;
}

/**
 * After a power cut in the middle of a run or of an undo too. Throws Failure: refused (24) when no receipt fits or the
 * hive was written since, invalidDocument (20) for a receipt that is not whole, 29 and 30 as apply, differs (28).
 */
export function undoImage(options: UndoOptions, emit: Emit): UndoResult {
  return withImage(options, "read-write", emit, (session) => {
    const verdict = weighGuards({ volume: session.evidence }, options.force, emit);
    refuseBlocked(verdict);
    const chosen = chooseReceipt(session, options.receipt);
    emit({ kind: "receipt-read", path: chosen.path, at: chosen.receipt.at });
    session.assertUnchanged();
    const { restored, removed, remarks } = restoreFiles(session, chosen, emit);
    const found = [...session.warnings, ...linkWarnings(session.location.links), ...forcedDirty(session.hive)];
    const warnings = [...found, ...verdict.warnings, ...chosen.warnings, ...remarks];
    tellWarnings(warnings, emit);
    return {
      image: summariseImage(session),
      receipt: chosen.path,
      appliedAt: chosen.receipt.at,
      restored,
      removed,
      hiveSha256: { before: session.hiveSha256, after: chosen.receipt.before.sha256 },
      warnings,
      exitCode: EXIT_CODES.done,
    };
  });
}
