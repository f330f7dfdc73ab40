/** How long something takes: the median of several runs, after one that does not count. */

export interface Measurement {
  readonly medianMs: number;
  readonly shortestMs: number;
  readonly longestMs: number;
}

/** `prepare` runs before each run and is not counted. */
export function measure(runCount: number, run: () => void, prepare: () => void = () => undefined): Measurement {
  const timesMs: number[] = [];
  for (let index = 0; index <= runCount; index++) {
    prepare();
    const started = performance.now();
    run();
    const timeMs = performance.now() - started;
    // The first run fills caches, and lets the compiler see the code.
    if (index > 0) {
      timesMs.push(timeMs);
    }
  }
  timesMs.sort((left, right) => left - right);
  const at = (index: number) => timesMs[index] ?? Number.NaN;
  return { medianMs: at(Math.floor(timesMs.length / 2)), shortestMs: at(0), longestMs: at(timesMs.length - 1) };
}
