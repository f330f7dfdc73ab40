/** What to tell a person who named a file that is no hive: what it is, and what to do with it. */
import { basename } from "node:path";
import { Failure } from "../exit/failure.ts";
import type { FileKind } from "./recognise.ts";

type Other = Exclude<FileKind, "hive">;

interface Telling {
  readonly code: string;
  /** Without the path, which stands beside it. */
  readonly message: string;
  readonly advice: string;
}

const NAME_AN_IMAGE = "name a Windows volume's root folder or its SYSTEM hive (Windows\\System32\\config\\SYSTEM)";
const MOUNT_IT =
  "mount it and name the Windows volume's root folder, or take Windows\\System32\\config\\SYSTEM out of it, with its logs, and name that";

const TELLINGS: Readonly<Record<Exclude<Other, "bitlocker">, Telling>> = {
  empty: { code: "empty-file", message: "The file is empty: it is no hive", advice: NAME_AN_IMAGE },
  "hive-log": {
    code: "hive-log",
    message: "This is the transaction log of a hive, not the hive",
    advice: "name the hive that lies beside it; its logs are found from there",
  },
  "reg-text": { code: "reg-text", message: "This is a registry export (.reg text), not a hive", advice: NAME_AN_IMAGE },
  text: { code: "not-a-hive", message: "This is a text file, not a hive", advice: NAME_AN_IMAGE },
  wim: {
    code: "wim-not-supported",
    message: "This is a WIM archive: changing one directly is not supported yet",
    advice: "mount the image (DISM /Mount-Image, or wimmountrw), name the folder, and commit it when unmounting",
  },
  vhdx: {
    code: "disk-image-not-supported",
    message: "This is a VHDX disk image: opening one is not supported yet",
    advice: MOUNT_IT,
  },
  vhd: {
    code: "disk-image-not-supported",
    message: "This is a VHD disk image: opening one is not supported yet",
    advice: MOUNT_IT,
  },
  qcow2: {
    code: "disk-image-not-supported",
    message: "This is a QCOW2 disk image: opening one is not supported yet",
    advice: MOUNT_IT,
  },
  vmdk: {
    code: "disk-image-not-supported",
    message: "This is a VMDK disk image: opening one is not supported yet",
    advice: MOUNT_IT,
  },
  iso: {
    code: "disk-image-not-supported",
    message: "This is an ISO 9660 image: it holds media, not an installed Windows",
    advice: NAME_AN_IMAGE,
  },
  ntfs: {
    code: "disk-image-not-supported",
    message: "This is an NTFS volume, not a folder: opening one directly is not supported yet",
    advice: MOUNT_IT,
  },
  disk: {
    code: "disk-image-not-supported",
    message: "This is a disk, not a folder: opening one directly is not supported yet",
    advice: MOUNT_IT,
  },
  unknown: { code: "not-a-hive", message: 'This is no hive: a hive begins with "regf"', advice: NAME_AN_IMAGE },
};

/** The Failure for a file that a person named and that is no hive (exit 21), or a volume that is locked (exit 24). */
export function notAHive(path: string, kind: Other): Failure {
  if (kind === "bitlocker") {
    return lockedByBitLocker(path);
  }
  const { code, message, advice } = TELLINGS[kind];
  return new Failure("noImage", message, { at: `${path}: byte offset 0`, code, advice });
}

/** The Failure (exit 24) for a volume, or a copy of one, whose first sector is that of BitLocker. */
export function lockedByBitLocker(path: string, cause?: unknown): Failure {
  return new Failure("refused", `BitLocker encrypts this volume, and it is locked: ${path}`, {
    at: path,
    code: "bitlocker-locked",
    advice:
      "unlock it with its recovery key (Windows: manage-bde -unlock X: -RecoveryPassword ...; Linux: cryptsetup open --type bitlk, or dislocker, and mount what they show), then name the Windows volume's root folder",
    cause,
  });
}

/** The Failure (exit 23) for a hive that stands where Windows keeps it and is none any more. */
export function hiveOfImageIsNone(path: string, kind: Other): Failure {
  const what = kind === "empty" ? "is empty" : 'does not begin with "regf"';
  const hive = basename(path).toUpperCase();
  return new Failure("hiveDamaged", `The ${hive} hive of the image ${what}, and no log beside it can repair that`, {
    at: `${path}: byte offset 0`,
    code: kind === "empty" ? "empty-file" : "not-a-hive",
    advice: "restore the file from a backup of the image; Windows does not start with it either",
  });
}
