/** Guard: Windows Setup, while it is not finished, may replace the network configuration. */
import type { SetupState } from "../../windows/model/windows.ts";
import { blockedWhen, type Finding, type Guard, warnedWhen } from "./guard.ts";

export const setupInProgress: Guard = {
  name: "setup-in-progress",
  needs: "windows",
  look: ({ setup }) => lookAt(setup),
  refusal: {
    exit: "refused",
    advice: "let Setup finish first: it may replace the network configuration, and a change made now may be lost",
    force: "setup-in-progress",
  },
};

/** The values of `SYSTEM\Setup` are all 0 in an installed Windows; Setup, and a generalized image, set them. */
function lookAt({ setupType, systemSetupInProgress, oobeInProgress, image }: SetupState): Finding {
  const set = Object.entries({
    SetupType: setupType,
    SystemSetupInProgress: systemSetupInProgress,
    OOBEInProgress: oobeInProgress,
  })
    .filter(([, number]) => number !== 0)
    .map(([name, number]) => `${name}=${number}`);
  if (set.length > 0) {
    return blockedWhen(`Windows Setup is not finished in this image (${set.join(", ")})`);
  }
  return warnedWhen(image.known ? describeUnfinished(image.state) : undefined);
}

/**
 * A phase of Setup that failed once, a refused sysprep among them, leaves the state behind (Microsoft, "Windows Setup
 * States"), and such a Windows starts for years: where no value of `SYSTEM\Setup` is set, the state alone only warns.
 */
function describeUnfinished(state: string | undefined): string | undefined {
  return state !== undefined && /^IMAGE_STATE_(?:UNDEPLOYABLE|SPECIALIZE_)/i.test(state)
    ? `A phase of Windows Setup did not come to its end in this image (ImageState=${state}), although nothing in SYSTEM\\Setup says that Setup will run again`
    : undefined;
}
