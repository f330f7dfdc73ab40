/** A log beside a hive that has none, for administrators alone as the hive is. */
import type { Warning } from "../../exit/warning.ts";
import { keepSecret } from "../../image/access-list/secrecy.ts";
import type { ImageSession } from "../../image/session.ts";
import type { Storage } from "../../storage/storage.ts";

/**
 * On Windows it inherits what the hive's folder passes on to all its files; the NTFS drivers of Linux pass nothing on (ntfs-3g
 * lets everyone write, tried). Throws the system's errors.
 */
export function createLog(
  session: ImageSession,
  ending: ".LOG1" | ".LOG",
  tell: (warnings: readonly Warning[]) => void,
): Storage {
  const { host, location } = session;
  const log = session.createLog(ending);
  const isLeft = host.platform === "win32" || location.volume === undefined;
  if (!isLeft) tell(keepSecret(log.name, host).map(asWarning));
  return log;
}

function asWarning(unproven: string): Warning {
  const message = `A new log beside the hive is to hold bytes of it, and it is not proven that only administrators may read and write it in the Windows that starts: ${unproven}. Give it the access list of the hive`;
  return { code: "log-readable", message };
}
