/** Writes an answer file, so that what stood there can be had again. */
import path from "node:path";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { Host } from "../../image/host.ts";
import type { ImageSession } from "../../image/session.ts";
import { explainSystemError } from "../../image/system-error.ts";
import type { PlannedSource } from "../../plan/model.ts";
import type { Emit } from "../events.ts";
import { timeStamp } from "../file-time.ts";
import { tellWarnings } from "../open-windows.ts";
import { sha256 } from "../receipt/hive-state.ts";
import type { ComposedFile } from "./compose.ts";
import { writeAnswerReceipt } from "./receipt.ts";
import { copyAnswerFile, replaceAnswerFile } from "./replace.ts";

export interface WrittenFile {
  readonly receipt: string | null;
  /** The copy of the file that stood there. */
  readonly formerKeptAs: string | null;
  /** Told already. */
  readonly warnings: readonly Warning[];
}

/** Where a person wants it: another file that stood there is kept beside it. Throws Failure("writeFailed"). */
export function writeNamedFile(composed: ComposedFile, now: Date, host: Host, emit: Emit): WrittenFile {
  const { file, former, bytes } = composed;
  const formerKeptAs = former === null ? null : `${file.replace(/\.xml$/i, "")}-before-${timeStamp(now)}.xml`;
  const warnings = attempt(file, () => {
    const ofCopy = former === null || formerKeptAs === null ? [] : copyAnswerFile(file, formerKeptAs, former, host);
    return [...ofCopy, ...replaceAnswerFile(file, bytes, host)];
  });
  emit({ kind: "saved", what: "answer file", path: file });
  tellWarnings(warnings, emit);
  return { receipt: null, formerKeptAs, warnings };
}

/** Into the image: the receipt is on the disk before the file is. Throws Failure("writeFailed"). */
export function writeIntoImage(
  session: ImageSession,
  composed: ComposedFile,
  about: { readonly tool: string; readonly now: Date; readonly sources: readonly PlannedSource[] },
  emit: Emit,
): WrittenFile {
  const { file, former, bytes, takeBack } = composed;
  session.assertUnchanged();
  const receipt = writeAnswerReceipt(session, {
    pintAnswerReceipt: 1,
    tool: about.tool,
    at: about.now.toISOString(),
    file: path.relative(rootOf(session), file).split(path.sep).join("/"),
    before: former === null ? null : { sha256: sha256(former), sizeBytes: former.length },
    after: { sha256: sha256(bytes), sizeBytes: bytes.length },
    takeBack: former === null ? [] : takeBack,
    sources: about.sources,
  });
  emit({ kind: "receipt-written", path: receipt.path, sizeBytes: receipt.sizeBytes });
  tellWarnings(receipt.warnings, emit);
  const warnings = attempt(file, () => replaceAnswerFile(file, bytes, session.host));
  emit({ kind: "saved", what: "answer file", path: file });
  tellWarnings(warnings, emit);
  return { receipt: receipt.path, formerKeptAs: null, warnings: [...receipt.warnings, ...warnings] };
}

/** Only images with a volume get an answer file. */
export function rootOf({ location }: ImageSession): string {
  return location.volume?.root ?? path.dirname(location.hivePath);
}

/** Throws Failure("writeFailed"). */
export function attempt<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new Failure("writeFailed", `${file} cannot be written: ${explainSystemError(error)}`, {
      at: file,
      code: "answer-file-not-written",
      advice: "check the path, the room on the volume and that you may write there; what stood there still does",
      cause: error,
    });
  }
}
