/** Interruptions: noted while a run works, and acted on when it has come to its end. */

/** SIGBREAK is Ctrl+Break on Windows; SIGHUP there is the closing of the console window. */
const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"];

export interface HeldSignals {
  /** The first that came; to be asked after the event loop has turned once (setImmediate), because only there are signals delivered. */
  first(): NodeJS.Signals | undefined;
  /** While `work` does nothing that must be brought to its end, a signal ends the process as it would any other. */
  letThroughWhile(work: () => void): void;
}

/**
 * From now on a signal does not kill the process. Everything pint does is synchronous, so that JavaScript hears of a
 * signal only after the run: a hive write that has begun is brought to its end.
 */
export function holdSignals(): HeldSignals {
  let first: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => {
    first ??= signal;
  };
  const hold = (): void => SIGNALS.forEach((signal) => void process.on(signal, note));
  const release = (): void => SIGNALS.forEach((signal) => void process.off(signal, note));
  hold();
  return {
    first: () => first,
    letThroughWhile: (work) => {
      release();
      try {
        work();
      } finally {
        hold();
      }
    },
  };
}
