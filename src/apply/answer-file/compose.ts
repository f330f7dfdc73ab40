/** What an answer file is going to be: from a file that is there, or from nothing. */
import fs from "fs-extra";
import { sameBytes } from "../../bytes/same.ts";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { explainSystemError } from "../../image/system-error.ts";
import { whyNotRegular } from "../../image/volume-path.ts";
import {
  answerFileTooLarge,
  answerText,
  MAX_ANSWER_FILE_SIZE_BYTES,
  newAnswerText,
} from "../../unattend/answer-text.ts";
import { architecturesOf } from "../../unattend/architecture.ts";
import type { AnswerInterface } from "../../unattend/components.ts";
import type { Splice } from "../../unattend/insertion.ts";
import { EMPTY_ANSWER_FILE, mergeAnswerFile } from "../../unattend/merge.ts";
import type { Windows } from "../../windows/model/windows.ts";

export interface ComposedFile {
  readonly file: string;
  /** The file whose content goes on; null: there was none. */
  readonly basedOn: string | null;
  /** What stands at `file` now; null: nothing. */
  readonly former: Uint8Array | null;
  readonly bytes: Uint8Array;
  /** From the new content to the former one of `basedOn`. */
  readonly takeBack: readonly Splice[];
  readonly isChanged: boolean;
  readonly warnings: readonly Warning[];
}

/** Throws Failure: unsupportedWindows (22) for a Windows whose Setup knows no such file, invalidDocument (20), noImage (21) when the former cannot be read. */
export function composeAnswerFile(
  file: string,
  basedOn: string | undefined,
  interfaces: readonly AnswerInterface[],
  windows: Windows,
): ComposedFile {
  if (windows.version.family === "xp") {
    throw new Failure("unsupportedWindows", `Setup of Windows ${windows.version.version} reads no answer file in XML`, {
      code: "no-answer-file-in-xp",
      advice: "let the image boot once on its new machine, and apply then",
    });
  }
  const base = basedOn === undefined ? undefined : readAnswerFile(basedOn);
  const former = file === basedOn ? base : undefined;
  const { text, encode } = base === undefined ? newAnswerText(EMPTY_ANSWER_FILE) : answerText(base, basedOn ?? file);
  const architectures = architecturesOf(windows.processorArchitecture);
  const merged = mergeAnswerFile(text, basedOn ?? file, { architectures, interfaces });
  const bytes = encode(merged.text);
  return {
    file,
    basedOn: base === undefined ? null : (basedOn ?? null),
    former: former ?? null,
    bytes,
    takeBack: merged.takeBack,
    isChanged: interfaces.length > 0 && (former === undefined || !sameBytes(former, bytes)),
    warnings: merged.warnings,
  };
}

/** Throws Failure: noImage (21) when it cannot be read, invalidDocument (20) when it is too large to be one. */
export function readAnswerFile(file: string): Uint8Array {
  try {
    const stats = fs.statSync(file);
    const why = whyNotRegular(stats);
    if (why !== undefined) throw new Error(why);
    if (stats.size > MAX_ANSWER_FILE_SIZE_BYTES) throw answerFileTooLarge(file);
    return fs.readFileSync(file);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("noImage", `${file} cannot be read as an answer file: ${explainSystemError(error)}`, {
      at: file,
      code: "no-answer-file",
      advice: "check the path",
      cause: error,
    });
  }
}
