/** The process: its arguments, its streams, its signals and its end. */
import { EXIT_CODES } from "../exit/codes.ts";
import { COMMANDS } from "./commands/index.ts";
import { Output } from "./output.ts";
import { hostOf } from "../image/this-host.ts";
import { run } from "./run.ts";
import { holdSignals } from "./signals.ts";
import { theseSurroundings } from "./surroundings.ts";

const signals = holdSignals();
const host = hostOf(process);
const stdout = new Output(1);
const stderr = new Output(2);
const ranTo = run(process.argv.slice(2), COMMANDS, {
  stdout: (text) => stdout.write(text),
  stderr: (text) => stderr.write(text),
  host,
  now: new Date(),
  surroundings: theseSurroundings(host, signals),
});
setImmediate(() => process.exit(lastWord(ranTo)));

/** Whatever happened to the process itself turns a 0 into a code of its own; a code that already tells of something stays. */
function lastWord(code: number): number {
  if (stdout.trouble !== undefined) {
    stderr.write(`pint: the output could not be written: ${stdout.trouble}\n`);
  }
  const signal = signals.first();
  if (signal !== undefined) {
    stderr.write(`pint: ${signal} came while this run was at work; what it reports was done all the same\n`);
  }
  if (code !== EXIT_CODES.done) {
    return code;
  }
  if (signal !== undefined) {
    return EXIT_CODES.interrupted;
  }
  return stdout.trouble === undefined ? code : EXIT_CODES.internal;
}
