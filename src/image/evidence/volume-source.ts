/** Where the bytes of the volume are that an image lies on: a device, a file that was mounted, or nowhere. */
import fs from "fs-extra";
import type { Host, Machine } from "../host.ts";
import type { ImageLocation } from "../locate.ts";
import { explainSystemError } from "../system-error.ts";
import { type Mount, mountOf } from "./mount.ts";
import { NO_VOLUME } from "./unchecked.ts";
import { windowsDeviceOf } from "./windows-device.ts";

export type VolumeSource =
  /** `mount`: on Linux. */
  | { readonly kind: "device"; readonly path: string; readonly mount?: Mount | undefined }
  /** The image was copied to a file system of another kind: there is no Windows volume. */
  | { readonly kind: "copy"; readonly fileSystem: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** File systems of Linux, whose files have an owner and a mode. */
const KEEPS_MODES: readonly string[] = [
  ...["aufs", "bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay"],
  ...["ramfs", "reiserfs", "squashfs", "tmpfs", "xfs", "zfs"],
];

/** File systems of which Windows can start from none: what lies there was unpacked or copied. */
const NO_WINDOWS_VOLUME: readonly string[] = [...KEEPS_MODES, "exfat"];

/** Whether a file's own mode is what keeps others from it. `place` must be there. */
export function keepsModes(place: string, { platform, machine }: Host): boolean {
  const mount = platform === "linux" ? mountOf(fs.realpathSync(place), machine) : undefined;
  return mount !== undefined && KEEPS_MODES.includes(mount.fileSystem);
}

export function volumeSourceOf({ volume }: ImageLocation, { platform, machine }: Host): VolumeSource {
  if (volume === undefined) {
    return { kind: "unknown", reason: NO_VOLUME.reason };
  }
  if (platform === "win32") {
    return onWindows(volume.root);
  }
  return platform === "linux"
    ? onLinux(volume.root, machine)
    : { kind: "unknown", reason: `${platform} is not asked for its volumes` };
}

function onWindows(root: string): VolumeSource {
  const device = windowsDeviceOf(root);
  return device === undefined
    ? { kind: "unknown", reason: `${root} is not a drive` }
    : { kind: "device", path: device };
}

function onLinux(root: string, machine: Machine): VolumeSource {
  const mount = mountOf(root, machine);
  if (mount === undefined) {
    return { kind: "unknown", reason: "the system does not say from what it was mounted" };
  }
  const { fileSystem, source } = mount;
  if (NO_WINDOWS_VOLUME.includes(fileSystem)) {
    return { kind: "copy", fileSystem };
  }
  const why = whyNoDevice(source);
  return why === undefined
    ? { kind: "device", path: source, mount }
    : { kind: "unknown", reason: `the volume behind the mount (${fileSystem}) cannot be read: ${why}` };
}

/** ntfs-3g takes a file for a device as well; network and other FUSE file systems name what is neither. */
function whyNoDevice(source: string): string | undefined {
  if (!source.startsWith("/")) {
    return `${source} is no device`;
  }
  try {
    const stats = fs.statSync(source);
    return stats.isBlockDevice() || stats.isFile() ? undefined : `${source} is no device`;
  } catch (error) {
    return `${source}: ${explainSystemError(error)}`;
  }
}
