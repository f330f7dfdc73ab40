/** One process at a time, among those of this machine: the others wait. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

/** Nobody holds it longer: fetching and packing are bounded below this. */
const WAIT_TIMEOUT_MS = 40 * 60_000;
const POLL_MS = 500;

/** Runs `work` while this process holds the lock file; the lock of a process that has ended counts for nothing. */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + WAIT_TIMEOUT_MS;
  while (!take(file)) {
    if (Date.now() > deadline) throw new Error(`${file} is held by process ${holderOf(file)}, and it does not end`);
    await wait(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = holderOf(file);
    if (holder !== undefined && !isRunning(holder)) rmSync(file, { force: true });
    return false;
  }
}

/** Undefined while it is being written or removed. */
function holderOf(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
