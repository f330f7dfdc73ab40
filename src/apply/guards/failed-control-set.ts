/** Guard: Windows marked a control set as failed, so that the next start may take another one than this program reads. */
import type { ControlSets } from "../../windows/model/windows.ts";
import { controlSetKey } from "../../windows/registry-paths.ts";
import { blockedWhen, type Finding, type Guard, PASSED, warnedWhen } from "./guard.ts";

export const failedControlSet: Guard = {
  name: "failed-control-set",
  needs: "windows",
  look: ({ controlSets }) => lookAt(controlSets),
  refusal: {
    exit: "refused",
    advice: "start that Windows once, so that it settles which control set it uses",
    force: "failed-control-set",
  },
};

/** `Select\Failed` is 0 unless the last start from a control set failed. */
function lookAt({ failed, current, written }: ControlSets): Finding {
  if (failed === 0) {
    return PASSED;
  }
  const name = controlSetKey(failed);
  return failed === current
    ? blockedWhen(`Windows marked its current control set (${name}) as failed: the next start may use another one`)
    : warnedWhen(
        `Windows marked ${name} as failed at an earlier start; it uses ${controlSetKey(current)} now, and ${name} is ${written.includes(failed) ? "changed alike" : "left as it is"}`,
      );
}
