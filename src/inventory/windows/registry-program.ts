/** Windows' own reg.exe, which WinPE has too: what it is asked, and what its refusals mean for a person. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import { type ProgramRun, systemFolder, type WindowsMachine } from "./machine.ts";

/** Of a run of reg.exe that came to its end. */
export type RegistryRun = Extract<ProgramRun, { ended: true }>;

const ADVICE = "name an inventory document: --inventory FILE";

/** By its full path: whatever else is called reg.exe is not meant. Throws Failure when it is not there (usage), does not end (timedOut) or cannot be run (refused). */
export function runRegistryProgram(machine: WindowsMachine, args: readonly string[], timeoutMs: number): RegistryRun {
  const program = registryProgram(machine);
  const run = machine.run(program, args, timeoutMs);
  if (run.ended) return run;
  const message = `This machine's registry cannot be read: ${program} ${args[0] ?? ""} ${run.reason}`;
  switch (run.why) {
    case "missing":
      throw new Failure("usage", message, { code: "no-reg-exe", at: program, advice: ADVICE });
    case "timed-out":
      throw new Failure("timedOut", message, { code: "registry-timed-out", at: program, advice: ADVICE });
    case "failed":
      throw new Failure("refused", message, { code: "registry-not-readable", at: program, advice: ADVICE });
  }
}

/** For the case that the registry could be neither saved nor exported; the reasons are sentences without their full stops. */
export function registryNotReadable(
  machine: WindowsMachine,
  reasons: readonly string[],
  isRoomWanting: boolean,
): Failure {
  const message = `This machine's registry cannot be read: ${reasons.join("; ")}`;
  const at = registryProgram(machine);
  if (isRoomWanting) {
    return new Failure("writeFailed", message, {
      code: "no-room-for-registry",
      at,
      advice: `make room in the folder that TEMP names (WinPE: DISM /Set-ScratchSpace gives it more), or set TEMP to another; or ${ADVICE}`,
    });
  }
  if (isLackingRights(machine)) {
    return new Failure("refused", message, {
      code: "not-administrator",
      at,
      advice: `run pint as administrator; or ${ADVICE}`,
    });
  }
  return new Failure("refused", message, { code: "registry-not-readable", at, advice: ADVICE });
}

/** reg.exe says "access denied" in its own language; only administrators may list the folder of the hives. */
function isLackingRights(machine: WindowsMachine): boolean {
  try {
    fs.readdirSync(path.join(systemFolder(machine), "System32", "config"));
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && (error.code === "EPERM" || error.code === "EACCES");
  }
}

function registryProgram(machine: WindowsMachine): string {
  return path.join(systemFolder(machine), "System32", "reg.exe");
}

/** "reg.exe save said: ERROR: Access is denied." */
export function complaintOf(args: readonly string[], { status, complaint }: RegistryRun): string {
  const said = complaint === "" ? `ended with ${status}` : `said: ${complaint.replace(/\.$/, "")}`;
  return `reg.exe ${args.slice(0, 2).join(" ")} ${said}`;
}
