/** The volumes of a Linux: what is mounted and may hold a Windows or documents, and the partitions that would have to be mounted. */
import { type Mount, mountsOf } from "../evidence/mount.ts";
import type { Host } from "../host.ts";
import { type ListedVolume, VOLUME_TIMEOUT_MS } from "./listing.ts";
import { listUnmounted } from "./linux-partitions.ts";

/** The drivers of NTFS: ntfs3 and the older ntfs of the kernel, ntfs-3g, Paragon's ufsd, Tuxera's. */
const OF_WINDOWS: readonly string[] = ["ntfs", "ntfs3", "fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "ufsd", "tntfs"];

/** What a medium with a profile is formatted with. Not network file systems: one whose server is gone cannot be given up. */
const OF_MEDIA: readonly string[] = ["vfat", "exfat", "iso9660", "udf", "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs"];

export function listLinuxVolumes(host: Host): ListedVolume[] {
  const mounts = mountsOf(host.machine);
  const seen = new Set<string>();
  const own = mounts.filter(({ mountPoint }) => mountPoint === "/").map(({ device }) => device);
  const mounted = mounts
    .filter((mount) => mayHoldWindows(mount) || OF_MEDIA.includes(mount.fileSystem))
    // The root, and what is mounted of the same file system elsewhere, is this Linux' own.
    .filter(({ device }) => !own.includes(device) && !seen.has(device) && seen.add(device))
    .map((mount) => lookAtMount(mount, host));
  return [...mounted, ...listUnmounted(mounts, host)];
}

/** ntfs-3g mounts a file with a volume in it as plain "fuse" (seen with 2022.10.3); other FUSE file systems name no path. */
function mayHoldWindows({ fileSystem, source }: Mount): boolean {
  return OF_WINDOWS.includes(fileSystem) || (fileSystem === "fuse" && source.startsWith("/"));
}

/** Another program is asked first, because it can be given up: a FUSE file system whose program hangs would hold this one. */
function lookAtMount(mount: Mount, { machine }: Host): ListedVolume {
  const { mountPoint } = mount;
  const run = machine.execute("stat", ["--", mountPoint], VOLUME_TIMEOUT_MS);
  if (run.ended && run.status === 0) {
    return { state: "readable", root: mountPoint, mayHoldWindows: mayHoldWindows(mount) };
  }
  const reason = run.ended ? "it cannot be read" : `it does not answer: ${run.reason}`;
  return { state: "not-looked-at", place: mountPoint, reason };
}
