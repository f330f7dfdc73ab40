/** Guard: the image is the Windows that is running, whose hives only it may write. */
import { blockedWhen, type Guard } from "./guard.ts";

export const runningWindows: Guard = {
  name: "running-windows",
  needs: "volume",
  look: (volume) => blockedWhen(volume.runningWindows),
  refusal: {
    exit: "refused",
    advice: "start the machine from other media (WinPE, a Linux live system) and name the image from there",
  },
};
