/** One run from the words of the command line to its exit code; everything it says goes through the streams it is given. */
import type { Emit } from "../apply/events.ts";
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import type { Host } from "../image/host.ts";
import type { Surroundings } from "../image/surroundings.ts";
import { errorRecords, eventRecord, exitRecord } from "../report/cmtrace-records.ts";
import type { LogRecord, LogStamp } from "../report/cmtrace.ts";
import { eventLines, isProgress } from "../report/events.ts";
import { failureJson, failureText, internalErrorJson, internalErrorText } from "../report/failure.ts";
import { asText } from "../report/lines.ts";
import { VERSION } from "../version.ts";
import { parseAccepted } from "./accept.ts";
import type { Command, Outcome } from "./command.ts";
import { openLog, type RunLog } from "./log.ts";
import type { Arguments } from "./options.ts";
import { type CommandLine, parseCommandLine } from "./parse.ts";
import { UsageError } from "./usage-error.ts";

export interface Streams {
  stdout(text: string): void;
  stderr(text: string): void;
}

export interface World extends Streams {
  readonly host: Host;
  readonly now: Date;
  readonly surroundings: Surroundings;
}

type ChosenCommand = Extract<CommandLine, { kind: "command" }>;

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
  const accepted = parseAccepted(line.args.accept);
  const log = logOf(line, world);
  log?.write(startRecord(argv, world));
  try {
    return perform(line, accepted, log, world);
  } catch (error) {
    log?.write(...errorRecords(error));
    if (error instanceof Failure && accepted.includes(error.exitCode)) {
      tellFailure(error, line.args.json, world);
      return afterAccept(error.exitCode, accepted, log, world);
    }
    throw error;
  } finally {
    log?.close();
  }
}

function logOf({ command, args }: ChosenCommand, world: World): RunLog | undefined {
  if (args.log !== undefined) {
    return openedLog(args.log, command, world);
  }
  const standing = command.standingLog?.(world.host);
  if (standing === undefined) {
    return undefined;
  }
  try {
    return openedLog(standing, command, world);
  } catch (error) {
    world.stderr(`pint: there is no log: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

function openedLog(file: string, { name }: Command, { host, surroundings: { clock }, stderr }: World): RunLog {
  const stampOf = (): LogStamp => {
    const at = clock.now();
    return { at, biasMinutes: clock.biasMinutes(at), processId: host.run.pid, command: name };
  };
  return openLog(file, stampOf, (why) =>
    stderr(`pint: the log ${file} cannot be written any more, and the run goes on without it: ${why}\n`),
  );
}

function perform(
  { command, args }: ChosenCommand,
  accepted: readonly ExitCode[],
  log: RunLog | undefined,
  world: World,
): ExitCode {
  const { host, now, surroundings } = world;
  const emit: Emit = (event) => {
    log?.write(eventRecord(event));
    if (args.verbose || (isProgress(event) && !args.quiet && !args.json)) {
      world.stdout(asText(eventLines(event)));
    }
  };
  const outcome = command.run(args, { host, now, surroundings, emit });
  tellOutcome(outcome, args, world);
  log?.write(exitRecord(outcome.exitCode));
  const code = afterAccept(outcome.exitCode, accepted, log, world);
  log?.flush(); // what comes now may end the machine
  const remark = outcome.afterwards?.(code, emit);
  if (remark !== undefined) {
    log?.write({ severity: "warning", message: remark });
    world.stderr(`pint: ${remark}\n`);
  }
  return code;
}

function startRecord(
  argv: readonly string[],
  {
    host: {
      platform,
      run: { hostName },
    },
  }: World,
): LogRecord {
  return { severity: "info", message: `pint ${VERSION} on ${hostName} (${platform}): pint ${argv.join(" ")}` };
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
function afterAccept(
  code: ExitCode,
  accepted: readonly ExitCode[],
  log: RunLog | undefined,
  streams: Streams,
): ExitCode {
  if (!accepted.includes(code)) {
    return code;
  }
  const message = `exit code ${code} is accepted (--accept): ends with 0`;
  log?.write({ severity: "info", message });
  streams.stderr(`pint: ${message}\n`);
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
