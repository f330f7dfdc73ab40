/** Everything that the guards ask of an image's volume, gathered at once. */
import type { Access } from "../hive-files.ts";
import type { Host } from "../host.ts";
import type { ImageLocation } from "../locate.ts";
import { type BitLocker, readBitLocker } from "./bitlocker.ts";
import { readDirt, type VolumeDirt } from "./dirty-volume.ts";
import { type Hibernation, readHibernation } from "./hibernation.ts";
import { runningWindows } from "./running-windows.ts";
import { volumeSourceOf } from "./volume-source.ts";
import { readWritability, type Writability } from "./writable.ts";

export interface VolumeEvidence {
  /** Why the image is the Windows that is running; absent when it is not. */
  readonly runningWindows?: string | undefined;
  readonly hibernation: Hibernation;
  readonly writability: Writability;
  readonly dirt: VolumeDirt;
  readonly bitLocker: BitLocker;
}

/** `access`: how the hive is opened. Never throws for what it finds; on Windows it runs a program of Windows, bounded in time. */
export function gatherEvidence(location: ImageLocation, host: Host, access: Access): VolumeEvidence {
  const source = volumeSourceOf(location, host);
  return {
    runningWindows: runningWindows(location, host),
    hibernation: readHibernation(location),
    writability: readWritability(location, host, access),
    dirt: readDirt(source, host),
    bitLocker: readBitLocker(source, host),
  };
}
