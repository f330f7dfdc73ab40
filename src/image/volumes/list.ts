/** The volumes of this machine, by its operating system. */
import type { Host } from "../host.ts";
import { listLinuxVolumes } from "./linux.ts";
import type { ListedVolume } from "./listing.ts";
import { listWindowsVolumes } from "./windows.ts";

/** Never throws; on a system that is not known to us there are none, and that is said. */
export function listVolumes(host: Host): ListedVolume[] {
  switch (host.platform) {
    case "win32":
      return listWindowsVolumes(host);
    case "linux":
      return listLinuxVolumes(host);
    default:
      return [
        { state: "not-looked-at", place: "all volumes", reason: `${host.platform} is not asked for its volumes` },
      ];
  }
}
