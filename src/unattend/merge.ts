/** Puts the network settings of adapters into an answer file, and changes nothing else in it. */
import type { Warning } from "../exit/warning.ts";
import { readRoot, UNATTEND_NAMESPACE } from "./answer-xml.ts";
import type { Architecture } from "./architecture.ts";
import { ComponentMerger } from "./component-merger.ts";
import { type AnswerInterface, COMPONENTS } from "./components.ts";
import { inverse, lastFirst, type Splice, spliced } from "./insertion.ts";

export interface MergeRequest {
  /** At least one; each gets the components. */
  readonly architectures: readonly Architecture[];
  /** At most one for each MAC address. */
  readonly interfaces: readonly AnswerInterface[];
}

export interface Merged {
  readonly text: string;
  /** What leads from the new text back to the former one, applied in this order, each to what the one before it made. */
  readonly takeBack: readonly Splice[];
  /** What a person should know: entries that were replaced, and entries that stay and may mean the same adapters. */
  readonly warnings: readonly Warning[];
}

/** What is in an answer file that configures nothing. */
export const EMPTY_ANSWER_FILE: string = `<?xml version="1.0" encoding="utf-8"?>\n<unattend xmlns="${UNATTEND_NAMESPACE}">\n</unattend>\n`;

/**
 * Merging again gives the same text. `path` is for messages. Throws Failure: invalidDocument (20) for what is no well-formed answer file, with line and
 * column; refused (24) where Setup is done with the pass.
 */
export function mergeAnswerFile(former: string, path: string, request: MergeRequest): Merged {
  let text = former;
  const warnings: Warning[] = [];
  const takeBack: Splice[] = [];
  for (const architecture of request.architectures) {
    for (const component of COMPONENTS) {
      const merger = new ComponentMerger(text, path, component, architecture);
      for (const splice of lastFirst(merger.merge(request.interfaces))) {
        takeBack.unshift(inverse(text, splice));
        text = spliced(text, splice);
      }
      warnings.push(...merger.warnings);
    }
  }
  readRoot(text, path);
  return { text, takeBack, warnings };
}
