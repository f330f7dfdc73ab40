/** What was done to an image: the sources, the receipt, and how to take it back. */
import type { ApplyResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import { fields } from "../lines.ts";
import { answerFileFields } from "./answer-file.ts";
import { driverLines } from "./drivers.ts";
import { imageFields, quoted, section, stepCount, stepLines, warningLines } from "./parts.ts";
import { sourceCount, sourceLines } from "./sources.ts";

export function applyView(result: ApplyResult, detail: Detail): string[] {
  const { sources, steps, warnings } = result;
  if (detail === "quiet") {
    return [...sourceLines(sources, detail), ...warningLines(warnings)];
  }
  const changes = detail === "verbose" && steps.length > 0 ? section("registry changes", stepLines(steps)) : [];
  return [
    ...fields("", [
      ...imageFields(result.image),
      ["written", writtenText(result)],
      ["receipt", result.receipt ?? result.answerFile?.receipt],
      ...answerFileFields(result.answerFile),
      [
        "undo",
        result.written || result.answerFile?.receipt ? { whole: `pint undo ${quoted(result.image.path)}` } : null,
      ],
    ]),
    ...changes,
    ...section(sourceCount(sources), sourceLines(sources, detail)),
    ...(detail === "verbose" ? driverLines(result.drivers) : []),
    ...warningLines(warnings),
  ];
}

function writtenText({ written, completed, steps, exitCode, answerFile }: ApplyResult): string {
  if (answerFile?.receipt) {
    return "the answer file, by which Setup configures the adapters; the hive is as it was";
  }
  if (completed !== null) {
    return `the rest of the run of ${completed}, which had been cut short; nothing else was to change`;
  }
  if (written) {
    return stepCount(steps);
  }
  return exitCode === 0 ? "nothing: there was nothing to change" : "nothing";
}
