/** Whether Windows will check the image's volume before it starts from it: the dirty flag of NTFS. */
import type { Host } from "../host.ts";
import { explainSystemError } from "../system-error.ts";
import type { Mount } from "./mount.ts";
import { readVolumeFlags, VOLUME_IS_DIRTY } from "./ntfs.ts";
import { withDevice } from "./raw-device.ts";
import type { Unchecked } from "./unchecked.ts";
import type { VolumeSource } from "./volume-source.ts";

type Device = Extract<VolumeSource, { kind: "device" }>;

export type VolumeDirt = Unchecked | { readonly checked: true; readonly dirty: boolean };

export function readDirt(source: VolumeSource, { machine }: Host): VolumeDirt {
  switch (source.kind) {
    case "unknown":
      return { checked: false, reason: source.reason };
    case "copy":
      return { checked: true, dirty: false };
    case "device":
      return look(source, machine);
  }
}

function look({ path, mount }: Device, machine: Host["machine"]): VolumeDirt {
  try {
    const found = withDevice(path, machine, readVolumeFlags);
    if ("reason" in found) {
      return { checked: false, reason: `${path}: ${found.reason}` };
    }
    const dirty = (found.flags & VOLUME_IS_DIRTY) !== 0;
    return dirty && mount !== undefined && setsFlagItself(mount) ? byMount(mount) : { checked: true, dirty };
  } catch (error) {
    return { checked: false, reason: `${path} cannot be read: ${explainSystemError(error)}` };
  }
}

/** Linux' ntfs3 sets the flag while it has the volume mounted for writing (fs/ntfs3/super.c): then the flag may be its own. */
function setsFlagItself({ fileSystem, options }: Mount): boolean {
  return fileSystem === "ntfs3" && !options.includes("ro");
}

/** It mounts no dirty volume for writing, unless it is told `force`. */
function byMount({ options }: Mount): VolumeDirt {
  return options.includes("force")
    ? { checked: false, reason: "it was mounted by force (ntfs3), which sets the mark itself" }
    : { checked: true, dirty: false };
}
