/** Guard: a generalized image (sysprep) makes its network configuration anew when Setup runs at its first start. */
import { blockedWhen, type Guard, notChecked } from "./guard.ts";

export const generalized: Guard = {
  name: "generalized",
  needs: "windows",
  look: ({ setup: { image } }) =>
    image.known
      ? blockedWhen(describe(image.state))
      : notChecked("Whether the image is generalized (sysprep)", { reason: image.reason }),
  refusal: {
    exit: "refused",
    advice:
      "give the settings to Setup in an answer file (Microsoft-Windows-TCPIP, pass specialize), or apply them once Setup has finished",
    force: "generalized",
  },
};

/** Microsoft, "Windows Setup States": the generalize pass is over, and Setup goes on with OOBE or audit mode. */
function describe(state: string | undefined): string | undefined {
  return state !== undefined && /^IMAGE_STATE_GENERALIZE_/i.test(state)
    ? `The image is generalized (sysprep; ImageState=${state}): at its first start Setup removes its adapters and their connections`
    : undefined;
}
