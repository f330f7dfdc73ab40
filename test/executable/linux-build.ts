/** The packaged program for Linux, run at a moment of its choice, so that what it writes can be compared with what another run wrote. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Debian's libfaketime: the C library of the process it is loaded into tells another time. */
const FAKE_TIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

export const missingFakeTime: string | undefined = existsSync(FAKE_TIME)
  ? undefined
  : "no libfaketime (Debian: libfaketime)";

const TIMEOUT_MS = 120_000;

/** `at`: "2026-02-01T21:30:00.123Z"; the clock stands there. Returns stdout; throws when the run ends otherwise than with `status`. */
export function runLinuxBuild(program: string, args: readonly string[], at: string, status: number | null): string {
  const run = spawnSync(program, args, {
    encoding: "utf8",
    timeout: TIMEOUT_MS,
    maxBuffer: 1 << 26,
    env: {
      PATH: process.env["PATH"],
      TZ: "UTC",
      LD_PRELOAD: FAKE_TIME,
      // In the middle of the millisecond: the fraction is read as a floating-point number.
      FAKETIME: at.replace("T", " ").replace("Z", "5"),
      DONT_FAKE_MONOTONIC: "1",
    },
  });
  if (run.status !== status) {
    throw new Error(`${program} ${args.join(" ")} ended with ${run.status}: ${run.stderr}${run.stdout}`);
  }
  return run.stdout;
}
