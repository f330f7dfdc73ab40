/** Refuses a commit whose log format is not the one that the logs beside the hive have. */
import type { Hive } from "../hive.ts";
import type { LogKind } from "../recovery.ts";
import { CommitError, type LogFormat } from "./model.ts";
import { logRole, rolesOfFormat } from "./roles.ts";

/** The format follows the Windows version; logs that say otherwise mean that the version was misread, or that another Windows had the hive last. Throws CommitError. */
export function refuseOtherFormat(hive: Hive, format: LogFormat): void {
  const wanted: LogKind = format === "HvLE" ? "HvLE" : "DIRT";
  const roles = rolesOfFormat(format);
  for (const { name, kind } of hive.recovery.logs) {
    if (kind === undefined || kind === wanted || !roles.includes(logRole(name))) continue;
    const message = `${name} is a log of the kind ${kind}, but the Windows of this image writes ${wanted}`;
    throw new CommitError("log-format-contradicts", message, false);
  }
}
