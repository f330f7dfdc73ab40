/** The volumes of a Windows or WinPE: every drive letter but the floppies' and that of the Windows that is running. */
import path from "node:path";
import { isLockedByBitLocker } from "../evidence/locked-volume.ts";
import type { Host } from "../host.ts";
import { type ListedVolume, VOLUME_TIMEOUT_MS } from "./listing.ts";

/** A: and B: are floppy drives, which take their time and hold no Windows. */
const LETTERS = "CDEFGHIJKLMNOPQRSTUVWXYZ";

/** mountvol, which would list them, says it in the language of that Windows only. */
const WITHOUT_LETTER: ListedVolume = {
  state: "left-out",
  place: "volumes without a drive letter",
  reason: "give one a letter to have it looked at (mountvol lists them, diskpart assigns one)",
};

/** WinPE's own drive is X:, a disk in memory; whichever it is, the system says so. */
export function listWindowsVolumes(host: Host): ListedVolume[] {
  const { SystemDrive, SystemRoot } = host.environment;
  const own = (SystemDrive ?? SystemRoot ?? "X:").slice(0, 1).toUpperCase();
  const drives = [...LETTERS].filter((letter) => letter !== own).flatMap((letter) => lookAtDrive(`${letter}:`, host));
  return [
    ...drives,
    { state: "left-out", place: `${own}:`, reason: "it is the drive of the Windows that is running" },
    WITHOUT_LETTER,
  ];
}

/**
 * Another program is asked first, because it can be given up: a card reader without a card or a network drive whose
 * server is gone would hold this one. `vol` ends with 1 for a drive that is not there, not ready, or locked (Wine's ends with 0
 * whatever it says, so that the root is looked at as well).
 */
function lookAtDrive(drive: string, host: Host): ListedVolume[] {
  const run = host.machine.execute(systemProgram("cmd.exe", host), ["/d", "/c", "vol", drive], VOLUME_TIMEOUT_MS);
  if (!run.ended) {
    return [{ state: "not-looked-at", place: drive, reason: `it does not answer: ${run.reason}` }];
  }
  const root = `${drive}\\`;
  if (run.status === 0 && host.machine.isThere(root)) {
    return [{ state: "readable", root, mayHoldWindows: true }];
  }
  return isLockedByBitLocker(root, host)
    ? [
        {
          state: "locked",
          place: drive,
          message: "BitLocker encrypts this volume, and it is locked",
          advice: `unlock it with its recovery key: manage-bde -unlock ${drive} -RecoveryPassword ...`,
        },
      ]
    : [];
}

/** Of the Windows or WinPE that runs. */
export function systemProgram(name: string, { environment }: Host): string {
  return path.win32.join(environment["SystemRoot"] ?? "X:\\Windows", "System32", name);
}
