/** Guard: nothing can be written to the image's volume. Where the hive is opened for writing, opening it has said so already. */
import { blockedWhen, type Guard, notChecked } from "./guard.ts";

export const readOnlyVolume: Guard = {
  name: "read-only-volume",
  needs: "volume",
  look: ({ writability }) =>
    writability.checked
      ? blockedWhen(writability.readOnly ? "The image's volume is mounted read-only" : undefined)
      : notChecked("Whether the image's volume takes writes", writability),
  refusal: {
    exit: "refused",
    advice:
      "mount the volume for writing; one that Linux mounts read-only by itself is hibernated or was not shut down cleanly: start that Windows once and shut it down (shutdown /s /t 0)",
  },
};
