/** Seals a plan, so that apply does what was made and reviewed, and nothing that was put into the document afterwards. */
import { Failure } from "../exit/failure.ts";
import { formatPlan } from "../plan/document.ts";
import type { Plan } from "../plan/model.ts";
import { sha256 } from "./receipt/hive-state.ts";

export function sealed(plan: Plan): Plan {
  return { ...plan, seal: sealOf(plan) };
}

/** Throws Failure("invalidDocument") for a plan that is not as it was made; `path` is for the message. */
export function refuseAltered(plan: Plan, path: string): void {
  if (plan.seal === sealOf(plan)) {
    return;
  }
  throw new Failure(
    "invalidDocument",
    plan.seal === undefined
      ? "The plan has no seal: it was not made by pint plan, or it was altered"
      : "The plan was altered after it was made: its outcomes and its steps may no longer belong together",
    {
      at: `${path}: $.seal`,
      code: "plan-altered",
      advice:
        "make it again with the options that lead to what you want (--map, --exclude, an edited profile); nothing was written",
    },
  );
}

/** The text is the same for the same plan, however its document is spaced. */
function sealOf(plan: Plan): string {
  return sha256(new TextEncoder().encode(formatPlan({ ...plan, $schema: undefined, seal: undefined })));
}
