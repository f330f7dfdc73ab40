/** What a volume tells for the guards: a hibernated Windows on it, and whether it is the Windows that is running. */
import path from "node:path";
import fs from "fs-extra";
import { decodeLatin1 } from "../bytes/utf16.ts";
import type { ImageLocation } from "./locate.ts";
import { explainSystemError } from "./system-error.ts";
import { findEntry, whyNotRegular } from "./volume-path.ts";

/** The operating system this program runs on; the command line knows it (`process`), and a test hands in another one. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly run: ThisRun;
}

/** Which run this is among those that may be at work on an image, and how it learns of the others on this machine. */
export interface ThisRun {
  readonly pid: number;
  readonly hostName: string;
  /** Whether a process of this number is there; true also when that cannot be told. */
  isRunning(pid: number): boolean;
}

export type Hibernation =
  | { readonly checked: false; readonly reason: string }
  | { readonly checked: true; readonly state: "none" }
  /** `signature` is what hiberfil.sys begins with. */
  | { readonly checked: true; readonly state: "hibernated" | "resuming" | "resume-failed"; readonly signature: string };

/**
 * What `hiberfil.sys` begins with, in any case: "hibr" is a hibernation image to resume from (GRUB, commands/file.c
 * and nthibr.c), which Windows writes for fast startup too; "rstr" is a resume in progress; "wake" stands there after
 * a resume, and a boot menu may still offer to continue after a failed one (unconfirmed). Anything else is no image.
 */
const SIGNATURES = { hibr: "hibernated", rstr: "resuming", wake: "resume-failed" } as const;

export function readHibernation(location: ImageLocation): Hibernation {
  if (location.volume === undefined) {
    return { checked: false, reason: "only a hive file was named, and its volume is not known" };
  }
  const { root } = location.volume;
  try {
    const name = findEntry(root, "hiberfil.sys");
    const file = name === undefined ? undefined : path.join(root, name);
    const why = file === undefined ? undefined : whyNotRegular(fs.lstatSync(file));
    if (why !== undefined) {
      return { checked: false, reason: `hiberfil.sys cannot be read: ${why}` };
    }
    const signature = file === undefined ? "" : readSignature(file);
    const state = SIGNATURES[signature.toLowerCase() as keyof typeof SIGNATURES];
    return state === undefined ? { checked: true, state: "none" } : { checked: true, state, signature };
  } catch (error) {
    return { checked: false, reason: `hiberfil.sys cannot be read: ${explainSystemError(error)}` };
  }
}

function readSignature(file: string): string {
  const descriptor = fs.openSync(file, "r");
  try {
    const bytes = new Uint8Array(4);
    return decodeLatin1(bytes.subarray(0, fs.readSync(descriptor, bytes, 0, bytes.length, 0)));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Whether the image is the Windows (or WinPE) that this program runs in; why, in words, when it is. */
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
