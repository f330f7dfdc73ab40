/** One run from the words of the command line to its exit code; everything it says goes through the streams it is given. */
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import { eventLines } from "../report/events.ts";
import { failureJson, failureText, internalErrorJson, internalErrorText } from "../report/failure.ts";
import { asText } from "../report/lines.ts";
import { VERSION } from "../version.ts";
import { parseAccepted } from "./accept.ts";
import type { Command } from "./command.ts";
import { parseCommandLine } from "./parse.ts";
import { UsageError } from "./usage-error.ts";

export interface Streams {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Never throws: whatever happens becomes a text (or with `--json` one document on stdout) and an exit code. */
export function run(argv: readonly string[], commands: readonly Command[], streams: Streams): ExitCode {
  // Looked for before anything is parsed: a wrong command line is told as JSON too.
  const json = argv.includes("--json");
  try {
    return runCommand(argv, commands, streams);
  } catch (error) {
    if (!(error instanceof Failure)) {
      tellInternalError(error, argv, json, streams);
      return EXIT_CODES.internal;
    }
    tellFailure(error, json, streams);
    return error.exitCode;
  }
}

function runCommand(argv: readonly string[], commands: readonly Command[], streams: Streams): ExitCode {
  const line = parseCommandLine(argv, commands);
  if (line.kind === "text") {
    streams.stdout(line.text);
    return EXIT_CODES.done;
  }
  const { command, args } = line;
  const accepted = parseAccepted(args.accept);
  try {
    const outcome = command.run(args, (event) => {
      if (args.verbose) {
        streams.stdout(asText(eventLines(event)));
      }
    });
    const detail = args.quiet ? "quiet" : args.verbose ? "verbose" : "normal";
    streams.stdout(args.json ? outcome.json() : outcome.human(detail));
    return afterAccept(outcome.exitCode, accepted, streams);
  } catch (error) {
    if (error instanceof Failure && accepted.includes(error.exitCode)) {
      tellFailure(error, args.json, streams);
      return afterAccept(error.exitCode, accepted, streams);
    }
    throw error;
  }
}

/** Documents and reports keep the code that the run found; only what the process ends with changes. */
function afterAccept(code: ExitCode, accepted: readonly ExitCode[], streams: Streams): ExitCode {
  if (!accepted.includes(code)) {
    return code;
  }
  streams.stderr(`pint: exit code ${code} is accepted (--accept): ends with 0\n`);
  return EXIT_CODES.done;
}

function tellFailure(failure: Failure, json: boolean, streams: Streams): void {
  if (json) {
    streams.stdout(failureJson(failure));
    return;
  }
  if (failure instanceof UsageError && failure.help !== "") {
    streams.stderr(`${failure.help}\n\n`);
  }
  streams.stderr(failureText(failure));
}

function tellInternalError(error: unknown, argv: readonly string[], json: boolean, streams: Streams): void {
  if (json) {
    streams.stdout(internalErrorJson(error));
  }
  streams.stderr(internalErrorText(error, VERSION, argv));
}
