/** Disks and partitions of a Linux that hold NTFS or BitLocker and are not mounted: they are named, with what to do. */
import { withDevice } from "../evidence/raw-device.ts";
import type { Mount } from "../evidence/mount.ts";
import type { Host } from "../host.ts";
import { recognise } from "../recognise.ts";
import { explainSystemError } from "../system-error.ts";
import type { ListedVolume } from "./listing.ts";

const SECTOR_SIZE = 512;

/** Disks in memory and floppies hold no Windows; a drive without a medium has no size. */
const NO_DISK = /^(?:ram|zram|fd|nbd)\d/;

interface BlockDevice {
  /** "8:2" */
  readonly numbers: string;
  /** "sda2" */
  readonly name: string;
}

export function listUnmounted(mounts: readonly Mount[], host: Host): ListedVolume[] {
  const mounted = new Set(mounts.flatMap(({ device, source }) => [device, source]));
  const devices = readPartitions(host).filter(
    ({ name, numbers }) => !mounted.has(numbers) && !mounted.has(`/dev/${name}`) && !isInUse(numbers, host),
  );
  const looked = devices.map((device) => lookAtDevice(device, host));
  const unreadable = looked.flatMap((one) => ("reason" in one ? [one] : []));
  return [
    ...looked.flatMap((one) => ("volume" in one && one.volume !== undefined ? [one.volume] : [])),
    ...(unreadable[0] === undefined
      ? []
      : [
          {
            state: "not-looked-at",
            place: unreadable.map(({ place }) => place).join(", "),
            reason: `the device cannot be read: ${unreadable[0].reason}`,
          } as const,
        ]),
  ];
}

/** `   8        2  497664 sda2`: numbers, count of 1024-byte blocks, name (proc(5)). */
function readPartitions({ machine }: Host): BlockDevice[] {
  return (machine.readText("/proc/partitions") ?? "").split("\n").flatMap((line) => {
    const [, major, minor, blocks, name = ""] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)$/.exec(line) ?? [];
    return major === undefined || blocks === "0" || NO_DISK.test(name) ? [] : [{ numbers: `${major}:${minor}`, name }];
  });
}

/** A device-mapper device stands on it: what is decrypted (cryptsetup), a logical volume, a RAID. That one is looked at by its own name. */
function isInUse(numbers: string, { machine }: Host): boolean {
  return machine.listFolder(`/sys/dev/block/${numbers}/holders`).length > 0;
}

type Looked = { readonly volume: ListedVolume | undefined } | { readonly place: string; readonly reason: string };

function lookAtDevice({ name }: BlockDevice, { machine }: Host): Looked {
  const place = `/dev/${name.replaceAll("!", "/")}`; // as sysfs spells names of more than one part
  try {
    const kind = withDevice(place, machine, (device) => recognise(device.read(0, SECTOR_SIZE), ""));
    return { volume: kind === "ntfs" ? notMounted(place) : kind === "bitlocker" ? locked(place) : undefined };
  } catch (error) {
    return { place, reason: explainSystemError(error) };
  }
}

function notMounted(place: string): ListedVolume {
  return {
    state: "not-mounted",
    place,
    message: "it holds an NTFS volume that is not mounted",
    advice: `mount it for writing (mount -t ntfs3 ${place} /mnt, or ntfs-3g ${place} /mnt) to have it looked at`,
  };
}

function locked(place: string): ListedVolume {
  return {
    state: "locked",
    place,
    message:
      "BitLocker encrypts this volume; if it is unlocked (dislocker, bdemount), what they show is not mounted here",
    advice: `unlock it (cryptsetup open --type bitlk ${place} windows) and mount what that shows`,
  };
}
