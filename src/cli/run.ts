/** One run from the words of the command line to its exit code; everything it says goes through the streams it is given. */
import type { Emit } from "../apply/events.ts";
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import type { Host } from "../image/host.ts";
import { eventLines } from "../report/events.ts";
import { failureJson, failureText, internalErrorJson, internalErrorText } from "../report/failure.ts";
import { asText } from "../report/lines.ts";
import { VERSION } from "../version.ts";
import { parseAccepted } from "./accept.ts";
import type { Command, Outcome } from "./command.ts";
import type { Arguments } from "./options.ts";
import { parseCommandLine } from "./parse.ts";
import { UsageError } from "./usage-error.ts";

export interface Streams {
  stdout(text: string): void;
  stderr(text: string): void;
}

export interface World extends Streams {
  readonly host: Host;
  readonly now: Date;
}

/** Never throws: whatever happens becomes a text (or with `--json` one document on stdout) and an exit code. */
export function run(argv: readonly string[], commands: readonly Command[], world: World): ExitCode {
  // Looked for before anything is parsed: a wrong command line is told as JSON too.
  const json = argv.includes("--json");
  try {
    return runCommand(argv, commands, world);
  } catch (error) {
    if (!(error instanceof Failure)) {
      tellInternalError(error, argv, json, world);
      return EXIT_CODES.internal;
    }
    tellFailure(error, json, world);
    return error.exitCode;
  }
}

function runCommand(argv: readonly string[], commands: readonly Command[], world: World): ExitCode {
  const line = parseCommandLine(argv, commands);
  if (line.kind === "text") {
    world.stdout(line.text);
    return EXIT_CODES.done;
  }
  const { command, args } = line;
  const accepted = parseAccepted(args.accept);
  try {
    const emit: Emit = (event) => {
      if (args.verbose) {
        world.stdout(asText(eventLines(event)));
      }
    };
    const outcome = command.run(args, { host: world.host, now: world.now, emit });
    tellOutcome(outcome, args, world);
    return afterAccept(outcome.exitCode, accepted, world);
  } catch (error) {
    if (error instanceof Failure && accepted.includes(error.exitCode)) {
      tellFailure(error, args.json, world);
      return afterAccept(error.exitCode, accepted, world);
    }
    throw error;
  }
}

function tellOutcome(outcome: Outcome, args: Arguments, streams: Streams): void {
  if (args.json) {
    streams.stdout(outcome.json());
    streams.stderr(outcome.besideJson);
    return;
  }
  streams.stdout(outcome.human(args.quiet ? "quiet" : args.verbose ? "verbose" : "normal"));
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
