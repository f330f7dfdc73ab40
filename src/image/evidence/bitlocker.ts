/** Whether BitLocker encrypts the image's volume, which is unlocked now. */
import path from "node:path";
import type { Host, Machine } from "../host.ts";
import { mountOf } from "./mount.ts";
import type { Unchecked } from "./unchecked.ts";
import type { VolumeSource } from "./volume-source.ts";

export type BitLocker = Unchecked | { readonly checked: true; readonly encrypted: boolean };

const ENCRYPTED: BitLocker = { checked: true, encrypted: true };
const PLAIN: BitLocker = { checked: true, encrypted: false };

/** Of an unlocked volume the bytes are plain: only who unlocked it knows. */
export function readBitLocker(source: VolumeSource, { platform, environment, machine }: Host): BitLocker {
  switch (source.kind) {
    case "unknown":
      return { checked: false, reason: source.reason };
    case "copy":
      return PLAIN;
    case "device":
      return platform === "win32"
        ? askWindows(source.path, environment["SystemRoot"], machine)
        : askLinux(source, machine);
  }
}

const MANAGE_BDE_TIMEOUT_MS = 20_000;

/**
 * `-protectionaserrorlevel` has it end with 0 for a protected volume and with 1 for any other (Microsoft,
 * "manage-bde status"), in every language. WinPE has it only as an optional component.
 */
function askWindows(device: string, systemRoot: string | undefined, machine: Machine): BitLocker {
  if (systemRoot === undefined) {
    return { checked: false, reason: "SystemRoot is not set" };
  }
  const program = path.win32.join(systemRoot, "System32", "manage-bde.exe");
  const drive = /[a-z]:$/i.exec(device)?.[0];
  if (drive === undefined) {
    return { checked: false, reason: "manage-bde is asked for drives with a letter only" };
  }
  const run = machine.execute(program, ["-status", drive, "-protectionaserrorlevel"], MANAGE_BDE_TIMEOUT_MS);
  if (!run.ended) {
    return { checked: false, reason: `${program} does not answer: ${run.reason}` };
  }
  if (run.status !== 0 && run.status !== 1) {
    return { checked: false, reason: `${program} ended with ${run.status}` };
  }
  return { checked: true, encrypted: run.status === 0 };
}

/** The names that a file with the decrypted volume has: dislocker(1), bdemount(1). */
const DECRYPTED_FILES = /^(?:dislocker-file|bde\d*)$/;

/** cryptsetup(8) opens it as a device-mapper device of type BITLK; dislocker and bdemount show a file, which is mounted itself or by way of a loop device. */
function askLinux({ path: source, mount }: Extract<VolumeSource, { kind: "device" }>, machine: Machine): BitLocker {
  const device = `/sys/dev/block/${mount?.device ?? ""}`;
  if (machine.readText(`${device}/dm/uuid`)?.startsWith("CRYPT-BITLK") === true) {
    return ENCRYPTED;
  }
  const file = machine.readText(`${device}/loop/backing_file`)?.trim() ?? source;
  const shownBy = mountOf(file, machine);
  const isDecrypted =
    DECRYPTED_FILES.test(path.posix.basename(file)) || /dislocker|bdemount/.test(shownBy?.source ?? "");
  return isDecrypted ? ENCRYPTED : PLAIN;
}
