/** `apply --auto`, and its dry run. */
import { applyAuto } from "../apply/auto/apply-auto.ts";
import { type AutoOptions, chooseForAuto } from "../apply/auto/choose.ts";
import { planImage } from "../apply/plan.ts";
import { answerFileLines } from "../report/views/answer-file.ts";
import { autoView, choiceLines } from "../report/views/auto.ts";
import { arrangedLines } from "../report/views/first-boot.ts";
import { planView } from "../report/views/plan.ts";
import { VERSION } from "../version.ts";
import { type Context, documentOutcome, outcome, type Outcome } from "./command.ts";
import { firstBootRequest } from "./first-boot-options.ts";
import type { Arguments } from "./options.ts";
import { answerFileTarget, planningOptions } from "./planning-options.ts";
import { waitSeconds } from "./wait-seconds.ts";

const TOOL = `pint-offline ${VERSION}`;
const DEFAULT_WAIT_SECONDS = 60;

export function applyAutomatically(args: Arguments, context: Context): Outcome {
  const { host, surroundings, now, emit } = context;
  const options: AutoOptions = {
    host,
    surroundings,
    force: args.force,
    waitMs: 1000 * waitSeconds(args.wait, DEFAULT_WAIT_SECONDS),
    planning: planningOptions(args, context),
    unattend: answerFileTarget(args),
    firstBoot: firstBootRequest(args, context),
  };
  return args["dry-run"]
    ? foresee(options, context)
    : outcome(applyAuto({ ...options, tool: TOOL, now }, emit), autoView);
}

/** What was found is told, and planned for; nothing is written. */
function foresee(options: AutoOptions, { host, now, emit }: Context): Outcome {
  const { image, planning, unattend: target, firstBoot, warnings } = chooseForAuto(options, emit);
  const unattend = target === undefined ? undefined : { target, now };
  const request = firstBoot && { ...firstBoot, tool: TOOL, now };
  const result = planImage({ image, force: options.force, host, ...planning, unattend, firstBoot: request }, emit);
  const choice = { image, profile: planning.profile ?? null, profileWasFound: planning.profileWasFound === true };
  return documentOutcome(
    result,
    (planned, detail) => [...choiceLines(choice, warnings, detail), ...planView(planned, detail)],
    result.text,
    [
      ...choiceLines(choice, warnings, "normal"),
      ...answerFileLines(result.answerFile),
      ...arrangedLines(result.firstBoot),
    ],
  );
}
