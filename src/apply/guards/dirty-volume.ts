/** Guard: Windows checks a dirty volume at its next start, and what it repairs may be what was just written. */
import { blockedWhen, type Guard, notChecked } from "./guard.ts";

export const dirtyVolume: Guard = {
  name: "dirty-volume",
  needs: "volume",
  look: ({ dirt }) =>
    dirt.checked
      ? blockedWhen(
          dirt.dirty
            ? "The image's NTFS volume is marked as dirty: Windows will check it at its next start, and may undo the change by that"
            : undefined,
        )
      : notChecked("Whether the image's NTFS volume is marked as dirty", dirt),
  refusal: {
    exit: "refused",
    advice: "check the volume (Windows and WinPE: chkdsk X: /f), or start that Windows once and shut it down",
    force: "dirty-volume",
  },
};
