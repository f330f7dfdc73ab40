/** What keeps a first boot from being arranged, in words. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { accessListsOf } from "../../image/access-list/access-lists.ts";
import type { ImageSession } from "../../image/session.ts";
import type { Windows } from "../../windows/model/windows.ts";
import { isGeneralized } from "../../windows/setup-state.ts";
import type { FirstBootContext } from "./context.ts";
import type { PresentFirstBoot } from "./present.ts";
import { CUT_SHORT } from "./problems.ts";

/** Whether the volume shows access lists at all is seen before anything is planned for; that they are right, when they are set. */
export function refuseUnproven({ session, host, force }: FirstBootContext): Warning[] {
  const { windowsFolder = session.location.path } = session.location.volume ?? {};
  const reading = accessListsOf(host).read(windowsFolder);
  if (reading.read) return [];
  const refusal = accessListFailure(windowsFolder, reading.reason);
  if (!force.includes("access-list")) throw refusal;
  return [{ code: "forced-access-list", message: `Forced: ${refusal.message}` }];
}

export function accessListFailure(at: string, reason: string): Failure {
  return new Failure(
    "refused",
    `It cannot be made sure that only administrators may write to what the first boot runs as LocalSystem: ${reason}`,
    {
      at,
      code: "access-list",
      advice:
        "mount the NTFS volume with ntfs-3g or ntfs3 and install getfattr and setfattr (Debian package attr), or run this in WinPE; --force access-list leaves it as it is",
    },
  );
}

export function refuseGeneralized({ location }: ImageSession, { setup }: Windows): void {
  if (!isGeneralized(setup)) return;
  throw new Failure(
    "refused",
    "The image is generalized: its Setup makes the network anew, and takes it from an answer file",
    {
      at: location.path,
      code: "answer-file-preferred",
      advice: "give the settings to Setup (--unattend in-image) instead of --first-boot",
    },
  );
}

export function noVolume({ location }: ImageSession): Failure {
  return new Failure("usage", "--first-boot needs the image's volume, and a hive file was named", {
    at: location.path,
    code: "no-volume",
    advice: "name the Windows volume's root",
  });
}

export function programsMissing(why: string): Failure {
  return new Failure("refused", `What would finish the move at the first boot is not at hand: ${why}`, {
    code: "first-boot-files",
    advice:
      "put pint.exe of this version and nssm.exe beside this program, or name their folder with --first-boot-files; nothing was written",
  });
}

/** The same failure, which names what lies in the image yet: files without a service, which nothing runs. */
export function withLeftovers(failure: Failure, left: readonly string[]): Failure {
  if (left.length === 0) return failure;
  const { exit, message, at, advice, code } = failure;
  const harmless = "nothing of this run is registered, and the next run with --first-boot replaces it";
  return new Failure(exit, `${message}. ${left.join("; ")} (${harmless})`, { at, advice, code, cause: failure });
}

/** A plan would be made of half of a configuration, and the record of its former values is the finisher's. */
export function whyCutShort({ folder, openChanges, areChangesUnknown }: PresentFirstBoot): Failure | undefined {
  if (openChanges.length === 0 && !areChangesUnknown) return undefined;
  const what = areChangesUnknown
    ? "the first boot's record of what it was writing cannot be used, and a start may have been cut short while it wrote"
    : CUT_SHORT;
  const begun = areChangesUnknown ? "and look at the settings by hand" : "and with it what was begun";
  return new Failure("refused", `In this image ${what}`, {
    at: folder,
    code: "first-boot-cut-short",
    advice: `let this Windows start once on its machine, or take the arrangement back, ${begun} (pint undo --values); nothing was written`,
  });
}
