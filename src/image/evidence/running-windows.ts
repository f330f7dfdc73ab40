/** Whether an image is the Windows (or WinPE) that this program runs in. */
import path from "node:path";
import fs from "fs-extra";
import type { Host } from "../host.ts";
import type { ImageLocation } from "../locate.ts";

/** Why it is, in words; undefined when it is not. */
export function runningWindows(location: ImageLocation, host: Host): string | undefined {
  const systemRoot = host.platform === "win32" ? host.environment["SystemRoot"] : undefined;
  if (systemRoot === undefined) {
    return undefined;
  }
  const drive = host.environment["SystemDrive"] ?? systemRoot.slice(0, 2);
  const live = path.win32.join(systemRoot, "System32", "config");
  if (location.volume !== undefined && sameWindowsPath(location.volume.root, `${drive}\\`)) {
    return `${location.path} is the system drive of the Windows that is running (${drive})`;
  }
  if (sameWindowsPath(path.win32.dirname(location.hivePath), live)) {
    return `${location.hivePath} is a hive of the Windows that is running`;
  }
  // Another way to the same place: a UNC path, a subst drive, a volume mount point.
  return sameFolder(path.dirname(location.hivePath), path.join(systemRoot, "System32", "config"))
    ? `${location.hivePath} is, by another path, a hive of the Windows that is running`
    : undefined;
}

function sameWindowsPath(left: string, right: string): boolean {
  const plain = (text: string): string => path.win32.resolve("\\", text.replace(/^\\\\[?.]\\/, "")).toUpperCase();
  return plain(left) === plain(right);
}

function sameFolder(left: string, right: string): boolean {
  try {
    const [one, other] = [left, right].map((folder) => fs.statSync(folder, { bigint: true }));
    return one !== undefined && other !== undefined && one.ino !== 0n && one.dev === other.dev && one.ino === other.ino;
  } catch {
    return false; // one of them is not there: they are not the same
  }
}
