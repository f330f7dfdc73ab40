/** `pint apply`: does what the plan says. */
import { applyImage } from "../../apply/apply.ts";
import { assertMayRestart, restart } from "../../apply/auto/restart.ts";
import { EXIT_CODES } from "../../exit/codes.ts";
import { applyView } from "../../report/views/apply.ts";
import { VERSION } from "../../version.ts";
import { applyAutomatically } from "../automatic.ts";
import { type Command, type Context, outcome, type Outcome } from "../command.ts";
import { FIRST_BOOT_OPTIONS, firstBootRequest } from "../first-boot-options.ts";
import { type Arguments, PAIRING_OPTIONS } from "../options.ts";
import { answerFileTarget, imageOptions, planningOptions } from "../planning-options.ts";
import { plan } from "./plan.ts";

export const apply: Command = {
  name: "apply",
  image: "the Windows volume's root, or its SYSTEM hive",
  insteadOfImage: "auto",
  summary: "move the configuration: do what plan shows",
  options: [...PAIRING_OPTIONS, "unattend", ...FIRST_BOOT_OPTIONS, "plan", "dry-run", "auto", "wait", "reboot"],
  forces: plan.forces,
  // A plan has decided all that these decide; and it can be read without a dry run.
  apart: [
    ["plan", [...PAIRING_OPTIONS, "unattend", ...FIRST_BOOT_OPTIONS, "dry-run", "auto"]],
    ["first-boot", ["unattend", "no-first-boot"]],
    ["reboot", ["dry-run"]],
  ],
  together: [
    ["wait", "auto"],
    ["no-first-boot", "auto"],
  ],
  run: (args, context) => {
    if (!args.reboot) {
      return perform(args, context);
    }
    assertMayRestart(context.host);
    return { ...perform(args, context), afterwards: (code, emit) => restartAfter(code, context, emit) };
  },
};

function perform(args: Arguments, context: Context): Outcome {
  if (args.auto) {
    return applyAutomatically(args, context);
  }
  if (args["dry-run"]) {
    return plan.run(args, context);
  }
  const what = args.plan === undefined ? planningOptions(args, context) : { planFile: args.plan };
  const options = {
    ...imageOptions(args, context),
    what,
    unattend: answerFileTarget(args),
    firstBoot: firstBootRequest(args, context),
    tool: `pint-offline ${VERSION}`,
    now: context.now,
  };
  return outcome(applyImage(options, context.emit), applyView);
}

/** What waits for the first boot is done by starting that Windows. Whoever accepts a code (--accept) has it restarted too: the run ends with 0 then. */
const RESTARTED: readonly number[] = [EXIT_CODES.done, EXIT_CODES.arranged];

function restartAfter(code: number, { host }: Context, emit: Context["emit"]): string | undefined {
  if (!RESTARTED.includes(code)) {
    return `this machine is not restarted (--reboot): the run ends with ${code}`;
  }
  const why = restart(host, emit);
  return why === undefined ? undefined : `this machine could not be restarted (--reboot): ${why}`;
}
