/** NTFS volumes in files, mounted by ntfs-3g for the running test. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { onTestFinished } from "vitest";
import { newFolder } from "./folders.ts";
import { findTool, runTool } from "./programs.ts";

/** Only root may, and only where FUSE is: not in most containers. */
export const mayMount = process.getuid?.() === 0 && existsSync("/dev/fuse") && findTool("ntfs-3g") !== undefined;
if (!mayMount) process.stderr.write("skipped: mounting an NTFS volume (root, /dev/fuse and ntfs-3g)\n");

export interface MountedVolume {
  /** The folder. */
  readonly path: string;
  readonly unmount: () => void;
}

/** Until the running test ends. */
export function mounted(volume: string, options = "rw"): MountedVolume {
  const path = newFolder();
  const { status, stderr } = runTool("ntfs-3g", ["-o", options, volume, path]);
  if (status !== 0) throw new Error(stderr.toString());
  const unmount = (): void => void spawnSync("umount", [path]);
  onTestFinished(unmount);
  return { path, unmount };
}
