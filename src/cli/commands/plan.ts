/** `pint plan`: what apply would do, and why. */
import { planImage } from "../../apply/plan.ts";
import { answerFileLines } from "../../report/views/answer-file.ts";
import { arrangedLines } from "../../report/views/first-boot.ts";
import { planView } from "../../report/views/plan.ts";
import { type Command, documentOutcome } from "../command.ts";
import { plannedFirstBoot } from "../first-boot-options.ts";
import { PAIRING_OPTIONS } from "../options.ts";
import { answerFileTarget, imageOptions, planningOptions } from "../planning-options.ts";

export const plan: Command = {
  name: "plan",
  image: "the Windows volume's root, or its SYSTEM hive",
  summary: "which connection would move to which adapter, why, and every change",
  options: [...PAIRING_OPTIONS, "unattend", "first-boot", "first-boot-files", "output"],
  forces: [
    "dirty",
    "setup-in-progress",
    "hibernated",
    "failed-control-set",
    "generalized",
    "dirty-volume",
    "conflict",
    "access-list",
  ],
  // A first boot is for an image that no Setup deploys any more.
  apart: [["unattend", ["first-boot"]]],
  run: (args, context) => {
    const { output } = args;
    const target = answerFileTarget(args);
    const unattend = target === undefined ? undefined : { target, now: context.now };
    const firstBoot = plannedFirstBoot(args, context);
    const options = { ...imageOptions(args, context), ...planningOptions(args, context), output, unattend, firstBoot };
    const result = planImage(options, context.emit);
    return documentOutcome(result, planView, result.text, [
      ...answerFileLines(result.answerFile),
      ...arrangedLines(result.firstBoot),
    ]);
  },
};
