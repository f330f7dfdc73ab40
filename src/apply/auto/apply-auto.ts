/** `apply --auto`: finds the Windows and its profile, applies, and looks at the result once more. */
import type { ExitCode } from "../../exit/codes.ts";
import { worstOf } from "../../exit/precedence.ts";
import { applyImage } from "../apply.ts";
import type { Emit } from "../events.ts";
import type { AutoResult } from "../found-results.ts";
import type { VerifyResult } from "../results.ts";
import { verifyImage } from "../verify.ts";
import { type AutoOptions, chooseForAuto } from "./choose.ts";

export interface ApplyAutoOptions extends AutoOptions {
  /** For the receipt: "pint-offline 0.1.0". */
  readonly tool: string;
  readonly now: Date;
}

/** Throws Failure as chooseForAuto and applyImage do. What is there to be read from is never written to: receipts go to the image. */
export function applyAuto(options: ApplyAutoOptions, emit: Emit): AutoResult {
  const { force, host, tool, now } = options;
  const { image, planning, unattend, firstBoot, warnings, waitedMs } = chooseForAuto(options, emit);
  const applied = applyImage({ image, force, host, what: planning, unattend, firstBoot, tool, now }, emit);
  // By the receipt: of a run that wrote nothing everything was compared when it was planned.
  const verification = applied.written ? verifyImage({ image, force, host }, emit) : null;
  return {
    ...applied,
    warnings: [...warnings, ...applied.warnings],
    found: {
      image,
      profile: planning.profile ?? null,
      profileWasFound: planning.profileWasFound === true,
      waitedMs,
    },
    verification,
    exitCode: exitCodeOf(applied.exitCode, verification),
  };
}

function exitCodeOf(applied: ExitCode, verification: VerifyResult | null): ExitCode {
  return verification === null ? applied : worstOf([applied, verification.exitCode]);
}
