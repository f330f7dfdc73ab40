/** Who holds the lock of an image, as the lock file tells it, and whether that run can still be at work. */
import type { ThisRun } from "./host.ts";

export interface Holder {
  readonly pid: number;
  readonly hostName: string;
  readonly since: Date;
}

/** The text of a lock file. */
export function formatHolder({ pid, hostName, since }: Holder): string {
  return `${JSON.stringify({ pintLock: 1, pid, host: hostName, since: since.toISOString() })}\n`;
}

/** undefined: the text does not say, because its run is just writing it or was cut while it did, or it is no lock of this program. */
export function parseHolder(text: string | undefined): Holder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  const { pid, host, since } = value as Readonly<Record<string, unknown>>;
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0) {
    return undefined;
  }
  if (typeof host !== "string" || typeof since !== "string" || Number.isNaN(Date.parse(since))) {
    return undefined;
  }
  return { pid, hostName: host, since: new Date(since) };
}

/**
 * As a sentence without its full stop; undefined: it may be at work. Of another machine nothing is known. This process cannot be another
 * run: its number was given anew, after a restart or in a container.
 */
export function whyGone({ pid, hostName, since }: Holder, run: ThisRun): string | undefined {
  if (hostName !== run.hostName) return undefined;
  if (pid === run.pid) return "this process has its number now";
  if (isFromBefore(since, run)) return "this system has started since";
  return run.isRunning(pid) ? undefined : "it runs no more";
}

export function isFromBefore(time: Date, { systemStart }: ThisRun): boolean {
  return systemStart !== undefined && time.getTime() < systemStart.getTime();
}
