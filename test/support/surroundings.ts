/** Surroundings of a run for tests: volumes that are folders, and a clock that only goes on when it is waited by. */
import type { Clock, Surroundings } from "../../src/image/surroundings.ts";
import type { ListedVolume } from "../../src/image/volumes/listing.ts";

export function fakeClock(start: Date): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  const elapsedMs = (): number => slept.reduce((sum, one) => sum + one, 0);
  return {
    slept,
    now: () => new Date(start.getTime() + elapsedMs()),
    elapsedMs,
    biasMinutes: () => 0,
    sleep: (timeMs) => void slept.push(timeMs),
  };
}

/** A folder as a volume. */
export function readable(root: string, mayHoldWindows = true): ListedVolume {
  return { state: "readable", root, mayHoldWindows };
}

/** `volumes` is given how often it has been asked before. */
export function surroundingsWith(
  volumes: (lookCount: number) => readonly ListedVolume[],
  programFolder = "/gone",
  clock: Clock = fakeClock(new Date("2026-03-01T12:34:56.789Z")),
): Surroundings {
  let lookCount = 0;
  return { volumes: () => volumes(lookCount++), clock, programFolder };
}

/** A machine without volumes. */
export const NO_VOLUMES: Surroundings = surroundingsWith(() => []);
