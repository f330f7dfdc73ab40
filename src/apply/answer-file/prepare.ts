/** `--unattend`: from a plan to the answer file that goes with it, and to what the plan then means. */
import fs from "fs-extra";
import path from "node:path";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { answerPlacesOf } from "../../image/answer-places.ts";
import type { ImageSession } from "../../image/session.ts";
import type { Plan } from "../../plan/model.ts";
import type { Windows } from "../../windows/model/windows.ts";
import { isGeneralized } from "../../windows/setup-state.ts";
import type { GuardVerdict } from "../guards/weigh.ts";
import { type PreparedPlan, withWarnings } from "../planning.ts";
import type { AnswerFileResult } from "./result.ts";
import { arrange, arrangedPlan, withAnswerFile } from "./arrange.ts";
import { type ComposedFile, composeAnswerFile } from "./compose.ts";
import type { WrittenFile } from "./write.ts";

/** Into the generalized image itself, where Setup finds it, or into a file that a person takes care of. */
export type AnswerFileTarget = "in-image" | { readonly file: string };

export interface PreparedAnswerFile {
  readonly plan: Plan;
  /** Undefined when no source can be served by one. */
  readonly composed: ComposedFile | undefined;
}

/** Throws Failure: refused (24) where Setup would not find or read the file, 20, 21, 22 as composeAnswerFile. */
export function prepareAnswerFile(
  session: ImageSession,
  windows: Windows,
  prepared: PreparedPlan,
  target: AnswerFileTarget,
): PreparedAnswerFile {
  const generalized = isGeneralized(windows.setup);
  const {
    file,
    former,
    warnings: remarks,
  } = target === "in-image" ? placeInImage(session, windows) : placeOutside(target.file);
  const arrangement = arrange(prepared, generalized);
  const { interfaces } = arrangement;
  const composed = interfaces.length === 0 ? undefined : composeAnswerFile(file, former, interfaces, windows);
  const plan =
    target === "in-image"
      ? arrangedPlan(prepared, arrangement, file)
      : withAnswerFile(prepared.plan, arrangement, file);
  const warnings = [
    ...remarks,
    ...arrangement.warnings,
    ...(composed?.warnings ?? []),
    ...(generalized || composed === undefined ? [] : [needsSetup(file)]),
    ...(composed === undefined ? [nothingFor(file)] : []),
  ];
  return { plan: withWarnings(plan, warnings), composed };
}

/** Setup of a generalized image makes the network configuration anew from the answer file: neither its adapters nor its unfinished state matter then. */
const OF_SETUP: readonly string[] = ["generalized", "setup-in-progress"];

/** What still stands in the way when only an answer file is written. */
export function withoutSetup({ blocking, warnings }: GuardVerdict): GuardVerdict {
  return { blocking: blocking.filter(({ name }) => !OF_SETUP.includes(name)), warnings };
}

export function answerFileResult(
  composed: ComposedFile | undefined,
  written: WrittenFile | undefined,
): AnswerFileResult | null {
  if (composed === undefined) return null;
  const { file, basedOn, isChanged } = composed;
  return {
    path: file,
    basedOn,
    state: written !== undefined ? "written" : isChanged ? "foreseen" : "as-it-was",
    receipt: written?.receipt ?? null,
    formerKeptAs: written?.formerKeptAs ?? null,
  };
}

interface Place {
  readonly file: string;
  readonly former: string | undefined;
  readonly warnings: readonly Warning[];
}

function placeOutside(named: string): Place {
  const file = path.resolve(named);
  return { file, former: fs.pathExistsSync(file) ? file : undefined, warnings: [] };
}

function placeInImage({ location }: ImageSession, { setup }: Windows): Place {
  const places = answerPlacesOf(location);
  if (places === undefined) {
    throw new Failure("usage", "--unattend in-image needs the image's volume, and a hive file was named", {
      at: location.path,
      code: "no-volume",
      advice: "name the Windows volume's root, or write the answer file elsewhere: --unattend FILE",
    });
  }
  if (!isGeneralized(setup)) {
    const why = setup.image.known
      ? "it is not generalized"
      : `whether it is generalized is not known: ${setup.image.reason}`;
    throw new Failure("refused", `Windows Setup would not read an answer file in this image: ${why}`, {
      at: location.path,
      code: "not-generalized",
      advice: "leave --unattend out; or --unattend FILE writes the answer file for sysprep or for Windows Setup",
    });
  }
  if (setup.answerFile !== undefined && setup.answerFile !== "") {
    throw new Failure("refused", `Windows Setup would read another answer file in this image: ${setup.answerFile}`, {
      at: "SYSTEM\\Setup: UnattendFile",
      code: "answer-file-elsewhere",
      advice: "write the settings into that one (--unattend FILE), or remove that value",
    });
  }
  const { others } = places;
  const message = `The image has several answer files; Setup takes ${places.former ?? ""}, and these are left as they are: ${others.join(", ")}`;
  return { ...places, warnings: others.length === 0 ? [] : [{ code: "several-answer-files", message }] };
}

function needsSetup(file: string): Warning {
  return {
    code: "answer-file-needs-setup",
    message: `Nothing reads ${file} by itself: this image is not generalized, and an answer file is read by Windows Setup only (sysprep /generalize /oobe /unattend:FILE, or a deployment)`,
  };
}

function nothingFor(file: string): Warning {
  return { code: "no-answer-file", message: `${file} is not written: no source can be served by an answer file` };
}
