/** `pint apply`: does what the plan says. */
import { applyImage } from "../../apply/apply.ts";
import { applyView } from "../../report/views/apply.ts";
import { VERSION } from "../../version.ts";
import { type Command, outcome } from "../command.ts";
import { PAIRING_OPTIONS } from "../options.ts";
import { answerFileTarget, imageOptions, planningOptions } from "../planning-options.ts";
import { plan } from "./plan.ts";

export const apply: Command = {
  name: "apply",
  image: "the Windows volume's root, or its SYSTEM hive",
  summary: "move the configuration: do what plan shows",
  options: [...PAIRING_OPTIONS, "unattend", "plan", "dry-run"],
  forces: plan.forces,
  // A plan has decided all that these decide; and it can be read without a dry run.
  apart: [["plan", [...PAIRING_OPTIONS, "unattend", "dry-run"]]],
  run: (args, context) => {
    if (args["dry-run"]) {
      return plan.run(args, context);
    }
    const what = args.plan === undefined ? planningOptions(args, context) : { planFile: args.plan };
    const options = {
      ...imageOptions(args, context),
      what,
      unattend: answerFileTarget(args),
      tool: `pint-offline ${VERSION}`,
      now: context.now,
    };
    return outcome(applyImage(options, context.emit), applyView);
  },
};
