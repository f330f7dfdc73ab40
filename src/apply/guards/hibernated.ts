/** Guard: resuming a hibernated Windows would bring back the registry as it was then. */
import type { HibernationState } from "../../image/evidence/hibernation.ts";
import { blockedWhen, type Guard, notChecked, PASSED } from "./guard.ts";

const TELLINGS: Readonly<Record<HibernationState, (begin: string) => string>> = {
  hibernated: (begin) =>
    `The volume holds a hibernated Windows (${begin}; fast startup writes one too): resuming it would lose the change`,
  resuming: (begin) => `Windows was being resumed on this volume (${begin}): going on with that would lose the change`,
  "resume-failed": (begin) =>
    `Windows was resumed on this volume and not shut down since (${begin}): its boot menu may offer to continue, which would lose the change`,
};

export const hibernated: Guard = {
  name: "hibernated",
  needs: "volume",
  look: ({ hibernation }) => {
    if (!hibernation.checked) {
      return notChecked("Whether the volume holds a hibernated Windows", hibernation);
    }
    return hibernation.state === "none"
      ? PASSED
      : blockedWhen(TELLINGS[hibernation.state](`hiberfil.sys begins with "${hibernation.signature}"`));
  },
  refusal: {
    exit: "refused",
    advice: "start that Windows, shut it down completely (shutdown /s /t 0) and try again",
    force: "hibernated",
  },
};
