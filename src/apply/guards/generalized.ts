/** Guard: a generalized image (sysprep) makes its network configuration anew when Setup runs at its first start. */
import { isGeneralized } from "../../windows/setup-state.ts";
import type { SetupState } from "../../windows/model/windows.ts";
import { blockedWhen, type Guard, notChecked } from "./guard.ts";

export const generalized: Guard = {
  name: "generalized",
  needs: "windows",
  look: ({ setup }) =>
    setup.image.known
      ? blockedWhen(describe(setup))
      : notChecked("Whether the image is generalized (sysprep)", { reason: setup.image.reason }),
  refusal: {
    exit: "refused",
    advice:
      "give the settings to Setup in an answer file (--unattend in-image puts it into the image), or apply them once Setup has finished",
    force: "generalized",
  },
};

function describe(setup: SetupState): string | undefined {
  const state = setup.image.known ? setup.image.state : undefined;
  return isGeneralized(setup)
    ? `The image is generalized (sysprep; ImageState=${state}): at its first start Setup removes its adapters and their connections`
    : undefined;
}
