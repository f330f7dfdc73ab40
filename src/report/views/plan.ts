/** What would be done to an image, and why. */
import type { PlanResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import { fields } from "../lines.ts";
import { answerFileFields } from "./answer-file.ts";
import { driverLines } from "./drivers.ts";
import { section, stepCount, stepLines, warningLines } from "./parts.ts";
import { sourceCount, sourceLines } from "./sources.ts";

export function planView({ plan, savedTo, answerFile }: PlanResult, detail: Detail): string[] {
  const sources = sourceLines(plan.sources, detail);
  if (detail === "quiet") {
    return [...sources, ...warningLines(plan.warnings)];
  }
  const changes = plan.steps.length === 0 ? [] : section(stepCount(plan.steps), stepLines(plan.steps));
  return [
    ...fields("", [
      ["plan for", plan.image.path],
      [
        "written",
        answerFile?.state === "written" ? "nothing to the image: this is only a plan" : "nothing: this is only a plan",
      ],
      ["saved to", savedTo],
      ...answerFileFields(answerFile),
    ]),
    ...changes,
    ...section(sourceCount(plan.sources), sources.length === 0 ? ["  the image stays as it is"] : sources),
    ...(detail === "verbose" ? driverLines(plan.drivers) : []),
    ...warningLines(plan.warnings),
  ];
}
