/** The answer file that goes with a plan or a run. */
import type { AnswerFileResult } from "../../apply/answer-file/result.ts";
import { type Field, fields } from "../lines.ts";

const STATE = {
  written: "",
  "as-it-was": " (it says all this already)",
  foreseen: " (apply would write it)",
} as const satisfies Record<AnswerFileResult["state"], string>;

export function answerFileFields(answer: AnswerFileResult | null): Field[] {
  if (answer === null) return [];
  const { path, basedOn, state, formerKeptAs } = answer;
  return [
    ["answer file", `${path}${STATE[state]}`],
    ["merged with", basedOn === path ? "what stood there" : basedOn],
    ["former", formerKeptAs],
  ];
}

/** Beside a document that has no place for it. */
export function answerFileLines(answer: AnswerFileResult | null): string[] {
  return fields("", answerFileFields(answer));
}
