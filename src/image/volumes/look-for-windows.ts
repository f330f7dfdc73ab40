/** Which of the listed volumes hold an installed Windows that is not running. */
import { Failure } from "../../exit/failure.ts";
import { runningWindows } from "../evidence/running-windows.ts";
import type { Host } from "../host.ts";
import { locateImage } from "../locate.ts";
import type { ListedVolume } from "./listing.ts";

export interface WindowsSearch {
  /** The roots of the volumes that hold one, in the order of the list. */
  readonly roots: readonly string[];
  /** Volumes that can be read and hold none. */
  readonly withoutWindows: readonly string[];
  /** Those that can be read, but not what would have to be looked at, or in which two Windows are. */
  readonly unclear: readonly { readonly root: string; readonly failure: Failure }[];
  /** What cannot be read. */
  readonly others: readonly Exclude<ListedVolume, { state: "readable" }>[];
}

/** Opens nothing; no failure keeps it from looking at the next volume. */
export function lookForWindows(volumes: readonly ListedVolume[], host: Host): WindowsSearch {
  const roots: string[] = [];
  const withoutWindows: string[] = [];
  const unclear: { root: string; failure: Failure }[] = [];
  const others: WindowsSearch["others"][number][] = [];
  for (const volume of volumes) {
    if (volume.state !== "readable") {
      others.push(volume);
      continue;
    }
    const { root } = volume;
    const verdict = volume.mayHoldWindows ? lookAt(root, host) : "none";
    if (verdict instanceof Failure) {
      unclear.push({ root, failure: verdict });
    } else if (verdict === "running") {
      others.push({ state: "left-out", place: root, reason: "it is the Windows that is running" });
    } else {
      (verdict === "installed" ? roots : withoutWindows).push(root);
    }
  }
  return { roots, withoutWindows, unclear, others };
}

function lookAt(root: string, host: Host): "installed" | "running" | "none" | Failure {
  try {
    return runningWindows(locateImage(root, host), host) === undefined ? "installed" : "running";
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    return error.code === "no-windows" ? "none" : error;
  }
}
