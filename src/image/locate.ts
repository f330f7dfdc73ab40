/** From what a person named to the files of one Windows installation, without opening any of them. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../exit/failure.ts";
import { isLockedByBitLocker } from "./evidence/locked-volume.ts";
import type { Host } from "./host.ts";
import { lockedByBitLocker } from "./not-a-hive.ts";
import { explainSystemError, systemErrorCode } from "./system-error.ts";
import { findEntry, findInVolume } from "./volume-path.ts";

/** What was named: a Windows volume's root folder, or a hive file. */
export type ImageKind = "folder" | "hive";

export interface ImageLocation {
  readonly kind: ImageKind;
  /** As it was named, made absolute. */
  readonly path: string;
  readonly hivePath: string;
  /** The volume's root and its Windows folder; for a hive file only when it lies where Windows keeps it. */
  readonly volume?: { readonly root: string; readonly windowsFolder: string } | undefined;
  /** Links that were followed, to be told. */
  readonly links: readonly { readonly from: string; readonly to: string }[];
}

/** Windows XP keeps the name of an upgraded Windows 2000 or NT 4, WINNT. */
const WINDOWS_FOLDERS = ["Windows", "WINNT"] as const;
const HIVE_BELOW_WINDOWS = ["System32", "config", "SYSTEM"] as const;

/**
 * Throws Failure("noImage"): nothing there, not readable, a folder without Windows or with two, a name that is there twice, a link that leaves the
 * volume; "refused" for a volume that BitLocker has locked.
 */
export function locateImage(named: string, host: Host): ImageLocation {
  const absolute = path.resolve(withoutPrefix(named, host));
  try {
    return locate(absolute);
  } catch (error) {
    throw isLockedByBitLocker(absolute, host) ? lockedByBitLocker(absolute, error) : error;
  }
}

/** `\\?\D:\` is a drive's root, but Node (22.23) resolves it to `\\?\D:`, which is the volume's own bytes. */
function withoutPrefix(named: string, { platform }: Host): string {
  return platform === "win32" ? named.replace(/^\\\\[?.]\\(?=[a-z]:[\\/])/i, "") : named;
}

function locate(absolute: string): ImageLocation {
  const kind = kindOf(absolute);
  const real = fs.realpathSync(absolute);
  const links = fs.lstatSync(absolute).isSymbolicLink() ? [{ from: absolute, to: real }] : [];
  if (kind === "folder") {
    return locateInVolume(absolute, real, links);
  }
  findEntry(path.dirname(real), path.basename(real)); // beside another spelling of its name, whose logs and receipts are they?
  return { kind, path: absolute, hivePath: real, volume: volumeOf(real), links };
}

function kindOf(place: string): ImageKind {
  let stats: fs.Stats;
  try {
    stats = fs.statSync(place);
  } catch (error) {
    throw cannotOpen(place, error);
  }
  if (stats.isDirectory()) {
    return "folder";
  }
  if (stats.isFile()) {
    return "hive";
  }
  throw new Failure("noImage", `${place} is neither a folder nor a file`, {
    at: place,
    code: "disk-image-not-supported",
    advice:
      "opening a disk or a volume directly is not supported yet: mount it and name the Windows volume's root folder",
  });
}

function cannotOpen(place: string, error: unknown): Failure {
  const missing = ["ENOENT", "ENOTDIR"].includes(systemErrorCode(error) ?? "");
  return new Failure("noImage", `${place} cannot be opened: ${explainSystemError(error)}`, {
    at: place,
    code: missing ? "no-such-path" : "cannot-be-read",
    advice: missing
      ? "check the spelling, and that the volume is mounted"
      : "check that you run with the rights to read it",
    cause: error,
  });
}

function locateInVolume(absolute: string, root: string, links: ImageLocation["links"]): ImageLocation {
  const all = WINDOWS_FOLDERS.flatMap((name) => {
    const found = findInVolume(root, [name, ...HIVE_BELOW_WINDOWS]);
    return found === undefined ? [] : [{ name, ...found }];
  });
  const [found] = all;
  if (found === undefined) {
    throw noWindows(absolute, root);
  }
  if (all.some((other) => other.path !== found.path)) {
    throw severalImages(
      absolute,
      all.map((one) => one.path),
    );
  }
  refuseFolder(root, found.path);
  const windowsFolder = findInVolume(root, [found.name])?.path ?? path.join(root, found.name);
  return {
    kind: "folder",
    path: absolute,
    hivePath: found.path,
    volume: { root, windowsFolder },
    links: [...links, ...found.links],
  };
}

function severalImages(named: string, hives: readonly string[]): Failure {
  return new Failure("noImage", `There is more than one Windows in ${named}: ${hives.join(" and ")}`, {
    at: named,
    code: "several-images",
    advice: "name the hive file of the one that is meant",
  });
}

function refuseFolder(root: string, hivePath: string): void {
  if (!fs.statSync(hivePath).isFile()) {
    throw new Failure("noImage", `${hivePath} is not a file`, {
      at: root,
      code: "no-windows",
      advice: "name the root folder of a Windows volume",
    });
  }
}

/** Says what was looked for; a folder inside a Windows volume is a frequent slip, and then the right one is named. */
function noWindows(named: string, root: string): Failure {
  const lookedFor = WINDOWS_FOLDERS.map((name) => [name, ...HIVE_BELOW_WINDOWS].join("/")).join(" or ");
  return new Failure("noImage", `There is no Windows in ${named}: it has no ${lookedFor}`, {
    at: named,
    code: "no-windows",
    advice: nearMiss(root) ?? "name the root folder of a Windows volume, or a SYSTEM hive file",
  });
}

function nearMiss(folder: string): string | undefined {
  if (findInVolume(folder, HIVE_BELOW_WINDOWS) !== undefined) {
    return `this is the Windows folder itself: name the volume's root, ${path.dirname(folder)}`;
  }
  const hive = findEntry(folder, "SYSTEM");
  if (hive !== undefined && fs.statSync(path.join(folder, hive)).isFile()) {
    return `to use the hive in this folder, name the file: ${path.join(folder, hive)}`;
  }
  return undefined;
}

/** A hive that lies in ...\Windows\System32\config belongs to a volume, whose hibernation matters as much as for a named folder. */
function volumeOf(hivePath: string): ImageLocation["volume"] {
  const names = hivePath.split(path.sep);
  const [windows, system32, config, hive] = names.slice(-4);
  const isInPlace =
    [system32, config, hive].every((name, index) => name?.toUpperCase() === HIVE_BELOW_WINDOWS[index]?.toUpperCase()) &&
    WINDOWS_FOLDERS.some((name) => name.toUpperCase() === windows?.toUpperCase());
  if (!isInPlace) {
    return undefined;
  }
  const windowsFolder = path.dirname(path.dirname(path.dirname(hivePath)));
  return { root: path.dirname(windowsFolder), windowsFolder };
}
