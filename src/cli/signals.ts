/** Interruptions: noted while a run works, and acted on when it has come to its end. */

/** SIGBREAK is Ctrl+Break on Windows; SIGHUP there is the closing of the console window. */
const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"];

/**
 * From now on a signal does not kill the process. Everything pint does is synchronous, so that JavaScript hears of a
 * signal only after the run: a hive write that has begun is brought to its end. Returns the first signal that came;
 * to be asked after the event loop has turned once (setImmediate), because only there are signals delivered.
 */
export function holdSignals(): () => NodeJS.Signals | undefined {
  let first: NodeJS.Signals | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      first ??= signal;
    });
  }
  return () => first;
}
