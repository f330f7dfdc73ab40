/** What an operation does while it works, as records of a log: the events once more, with what a report tells only at its end. */
import type { Event, GuardOutcome } from "../apply/events.ts";
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import type { Outcome, PlannedSource } from "../plan/model.ts";
import type { Change } from "../windows/model/change.ts";
import type { LogRecord, Severity } from "./cmtrace.ts";
import { eventSentence } from "./events.ts";
import { exitLine } from "./exit-meaning.ts";
import { changeText } from "./registry.ts";
import { differenceText } from "./views/verify.ts";
import { endDetails, endName } from "./words.ts";

const OF_GUARDS: Readonly<Record<GuardOutcome, Severity>> = {
  passed: "info",
  warned: "warning",
  "not-checked": "warning",
  forced: "warning",
  blocked: "error",
};

const OF_OUTCOMES: Readonly<Record<Outcome, Severity>> = {
  moved: "info",
  already: "info",
  kept: "info",
  skipped: "info",
  arranged: "info",
  unplaced: "warning",
  pending: "warning",
  conflict: "warning",
};

/** Codes of runs that did their work and left something undone; every other but 0 is an error. */
const UNFINISHED: readonly ExitCode[] = [EXIT_CODES.unplaced, EXIT_CODES.pending, EXIT_CODES.arranged];

export function eventRecord(event: Event): LogRecord {
  switch (event.kind) {
    case "problem": {
      const { severity, code, at, message } = event.problem;
      const text = `problem ${code} at byte offset 0x${at.toString(16)}: ${message}`;
      return { severity: severity === "fatal" ? "error" : "warning", message: text };
    }
    case "source":
      return { severity: OF_OUTCOMES[event.planned.outcome], message: sourceText(event.planned) };
    case "step":
      return { severity: "info", message: `planned change: ${changeOf(event.step)}` };
    case "changed":
      return { severity: "info", message: `change: ${changeOf(event.change)}` };
    case "difference":
      return { severity: "error", message: `difference: ${differenceText(event.difference)}` };
    case "warning":
      return { severity: "warning", message: `${event.code}: ${event.message}` };
    default:
      return { severity: severityOf(event), message: eventSentence(event) ?? event.kind };
  }
}

function severityOf(event: Event): Severity {
  switch (event.kind) {
    case "guard":
      return OF_GUARDS[event.outcome];
    case "compared":
      return event.differences === 0 ? "info" : "error";
    case "profile-passed-over":
      return "warning";
    default:
      return "info";
  }
}

function sourceText({ source, outcome, reason, target }: PlannedSource): string {
  const to = target === undefined ? "" : ` -> ${endName(target)}${endDetails(target, "verbose")}`;
  return `[${outcome}] ${endName(source)}${endDetails(source, "verbose")}${to}: ${reason}`;
}

function changeOf(change: Change): string {
  return `${change.key}: ${changeText(change)}`;
}

/** What ended a run before its time, a record for each line of it. */
export function errorRecords(error: unknown): LogRecord[] {
  return error instanceof Failure ? failureRecords(error) : internalErrorRecords(error);
}

function failureRecords({ message, at, advice, exitCode }: Failure): LogRecord[] {
  const lines = message.split("\n").map((line) => line.trim());
  return [
    ...lines.map((line): LogRecord => ({ severity: "error", message: line })),
    ...(at === undefined ? [] : [{ severity: "error", message: `at: ${at}` } as const]),
    ...(advice === undefined ? [] : [{ severity: "info", message: `do: ${advice}` } as const]),
    exitRecord(exitCode),
  ];
}

/** A fault of the program itself, its stack line by line. */
function internalErrorRecords(error: unknown): LogRecord[] {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = ["internal error: this is a fault of pint, not of the image", ...stack.split("\n")];
  return [...lines.map((message): LogRecord => ({ severity: "error", message })), exitRecord(EXIT_CODES.internal)];
}

/** How a run ended. */
export function exitRecord(code: ExitCode): LogRecord {
  const severity = code === EXIT_CODES.done ? "info" : UNFINISHED.includes(code) ? "warning" : "error";
  return { severity, message: exitLine(code) };
}
