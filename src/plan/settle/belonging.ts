/** Whether a profile is that of the very machine whose Windows this is: a golden image must not give its address to a fleet. */
import { Failure } from "../../exit/failure.ts";
import type { Profile } from "../../profile/model.ts";
import type { Windows } from "../../windows/model/windows.ts";

export interface Belonging {
  readonly isThisMachines: boolean;
  /** What speaks against it, or for it. */
  readonly reason: string;
}

/** The same computer name, and an interface that both know. */
export function belongingOf(profile: Profile, windows: Windows): Belonging {
  const captured = profile.captured?.computerName;
  if (captured === undefined)
    return { isThisMachines: false, reason: "the profile does not say which computer it was captured from" };
  if (windows.computerName === undefined)
    return { isThisMachines: false, reason: "the image does not say which computer it is" };
  if (captured.toLowerCase() !== windows.computerName.toLowerCase()) {
    return {
      isThisMachines: false,
      reason: `the profile was captured from computer ${captured}, and this image is ${windows.computerName}`,
    };
  }
  const known = new Set(windows.connections.map(({ guid }) => guid));
  if (!profile.connections.some(({ guid }) => guid !== undefined && known.has(guid))) {
    return {
      isThisMachines: false,
      reason: `the profile has the computer name ${captured}, but none of its interfaces: this Windows was installed anew`,
    };
  }
  return { isThisMachines: true, reason: `computer name ${captured} and interfaces are the image's` };
}

/** Throws Failure("noImage") for a profile that nobody named and that is another machine's. */
export function refuseFoundProfileOfOthers({ isThisMachines, reason }: Belonging): void {
  if (isThisMachines) return;
  throw new Failure("noImage", `The profile that was found is not used, because it is not this machine's: ${reason}`, {
    code: "profile-of-another-machine",
    advice:
      "if it is meant for this image, name it with --profile, and give the new machine's adapters with --inventory",
  });
}
