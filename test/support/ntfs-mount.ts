/** NTFS volumes in files, mounted by ntfs-3g for the running test. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
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
  const unmount = (): void => {
    spawnSync("umount", [path]);
    waitUntilLeft(volume);
  };
  onTestFinished(unmount);
  return { path, unmount };
}

const MAX_WAIT_MS = 120_000;
const LOOK_EVERY_MS = 20;

/** ntfs-3g writes the volume's end and lets go of it after umount has returned. */
function waitUntilLeft(volume: string): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; isServed(volume); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs > MAX_WAIT_MS) throw new Error(`ntfs-3g does not let go of ${volume}`);
    Atomics.wait(sleeper, 0, 0, LOOK_EVERY_MS);
  }
}

function isServed(volume: string): boolean {
  return readdirSync("/proc").some((name) => /^\d+$/.test(name) && commandLine(name).includes(volume));
}

function commandLine(process: string): readonly string[] {
  try {
    return readFileSync(`/proc/${process}/cmdline`, "utf8").split("\0");
  } catch {
    return []; // it has ended meanwhile
  }
}
