/** The files of a finisher, as they are to lie in its folder: those that are there already where they say the same. */
import { batchFile } from "../../firstboot/batch/batch-file.ts";
import { type FirstBootDocument, formatFirstBoot } from "../../firstboot/document.ts";
import { batchName, documentName } from "../../firstboot/places.ts";
import type { ServiceValue } from "../../firstboot/service.ts";
import type { Warning } from "../../exit/warning.ts";
import { sha256 } from "../receipt/hive-state.ts";
import { isSameArrangement } from "./compose.ts";
import { arrangedDocument, hasEnded, type PresentFirstBoot } from "./present.ts";
import { type FileToPut, programsFor } from "./programs.ts";
import { programsMissing } from "./refusals.ts";

export interface FinisherFiles {
  readonly document: FirstBootDocument;
  /** Of the document's file. */
  readonly documentSha256: string;
  /** Whether the image has a service that goes by the document that is there: then it is never to be without its files. */
  readonly isArranged: boolean;
  /** Whether it is another arrangement than the one that is there. */
  readonly isNew: boolean;
  /** All that must lie in the folder. */
  readonly files: readonly FileToPut[];
  /** What a batch file copies from. */
  readonly staged: readonly ServiceValue[];
  readonly warnings: readonly Warning[];
}

/** What is there already and says the same goes on being used, so that a second run changes nothing. Throws Failure (24) without the programs. */
export function finisherFiles(
  composed: FirstBootDocument,
  filesFolder: string,
  present: PresentFirstBoot,
): FinisherFiles {
  const programs = programsFor(composed.way, filesFolder);
  if (typeof programs === "string") throw programsMissing(programs);
  const former = arrangedDocument(present);
  const isSame = former !== undefined && !hasEnded(present) && isSameArrangement(former, composed);
  const document = isSame ? former : composed;
  const text = textFile(documentName(document.id), isSame ? (present.document?.text ?? "") : formatFirstBoot(composed));
  const batch = document.way === "batch" ? batchFile(document) : undefined;
  return {
    document,
    documentSha256: text.sha256,
    isArranged: former !== undefined,
    isNew: !isSame,
    files: [...programs, text, ...(batch === undefined ? [] : [textFile(batchName(document.id), batch.text)])],
    staged: batch?.values ?? [],
    warnings: batch?.warnings ?? [],
  };
}

function textFile(name: string, text: string): FileToPut {
  const bytes = new TextEncoder().encode(text);
  return { name, bytes, sha256: sha256(bytes) };
}
