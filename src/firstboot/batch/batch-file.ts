/** The batch file that finishes the pending moves in a Windows that the program itself cannot run in. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { text as registryText } from "../../windows/write/data.ts";
import type { FirstBootDocument } from "../document.ts";
import { FIRST_BOOT_FOLDER, FIRST_BOOT_LOG, FIRST_BOOT_RESULT, inSystemRoot } from "../places.ts";
import type { ServiceValue } from "../service.ts";
import { batchText } from "./batch-text.ts";
import { COMMON_SUBROUTINES, IF_ABSENT } from "./common.ts";
import { endLines } from "./ends.ts";
import { findSubroutines } from "./find.ts";
import { FINISH_SUBROUTINES, resultSubroutine } from "./finish.ts";
import { keyLines, stageKey } from "./live-keys.ts";
import { IPV6_SUBROUTINES } from "./ipv6-steps.ts";
import { MOVE_SUBROUTINES } from "./move.ts";
import { type BatchOrder, orderOf, stagedValuesOf } from "./order.ts";
import { IF_FAILED, ifEnded, PROGRAM_LINES } from "./programs.ts";
import { whyNotByBatch } from "./refusal.ts";
import { sourceSubroutines } from "./source.ts";
import { WRITE_SUBROUTINES } from "./write.ts";
import { OWNER_VALUE, whoseSubroutines } from "./whose.ts";

export interface BatchFile {
  /** ASCII with CR LF, the same for the same document. Nothing that somebody wrote freely (names, suffixes, raw values) is in it. */
  readonly text: string;
  /** What it copies from: values below the service's key, whose keys have to be made. */
  readonly values: readonly ServiceValue[];
  /** What this Windows does not know of the settings. */
  readonly warnings: readonly Warning[];
}

/** Looks for the adapters 60 times, with five seconds between two: what getmac and reg take comes on top. */
const ROUNDS = 60;

/** `ping` waits a second between two requests, in every Windows and without a console; `timeout` came with Vista and wants one. */
const PINGS = 6;

/** Throws Failure ("refused") for a document with a source that `whyNotByBatch` refuses. */
export function batchFile(document: FirstBootDocument): BatchFile {
  requireSpeakable(document);
  const { id, attempts, pending, windows, knownInterfaces } = document;
  const orders = pending.map((move) => orderOf(move, document));
  const numbers = pending.map(({ connection: { number } }) => number);
  const text = batchText([
    "@echo off",
    `rem Finishes the moves that PINT arranged for the first start of this Windows: ${id}.`,
    "rem Written by pint-offline. It runs as the service pint-first-boot and removes itself when it is done.",
    "setlocal enableextensions disabledelayedexpansion",
    ...variables(attempts),
    ...PROGRAM_LINES,
    ...keyLines(id),
    ...begin(document),
    ...wait(numbers),
    ...endLines(numbers),
    ...COMMON_SUBROUTINES,
    ...whoseSubroutines(document),
    ...findSubroutines(windows.family, knownInterfaces),
    ...MOVE_SUBROUTINES,
    ...WRITE_SUBROUTINES,
    ...(orders.some(({ ipv6 }) => ipv6.length > 0) ? IPV6_SUBROUTINES : []),
    ...orders.flatMap(sourceSubroutines),
    ...resultSubroutine(document),
    ...FINISH_SUBROUTINES,
  ]);
  return { text, values: valuesOf(document, orders), warnings: orders.flatMap(({ warnings }) => warnings) };
}

function valuesOf({ id, computerName }: FirstBootDocument, orders: readonly BatchOrder[]): ServiceValue[] {
  const stage = stageKey(id);
  const owner =
    computerName === undefined ? [] : [{ key: stage, name: OWNER_VALUE, value: registryText(computerName) }];
  const settings = orders.flatMap((order) =>
    stagedValuesOf(order).map(({ key, name, value }) => ({
      key: [stage, order.move.connection.number, ...(key === "" ? [] : [key])].join("\\"),
      name,
      value,
    })),
  );
  return [...owner, ...settings];
}

/** What comes from the document as words must be harmless to cmd; schema and rules see to all but the tool's name. */
function requireSpeakable(document: FirstBootDocument): void {
  const { id, tool, pending } = document;
  if (!/^[0-9a-f]{32}$/.test(id) || !/^[\w .+-]{1,80}$/.test(tool)) {
    throw new Failure("refused", `a batch file cannot say "${tool}" or "${id}"`, { code: "not-by-batch" });
  }
  for (const move of pending) {
    const why = whyNotByBatch(move, document);
    if (why === undefined) continue;
    throw new Failure("refused", `source ${move.connection.number} cannot be moved by a batch file: ${why}`, {
      at: String(move.connection.number),
      code: "not-by-batch",
    });
  }
}

/** The current folder is System32 so that programs are found there before anywhere else, and so that its own folder can be removed. */
function variables(attempts: number): string[] {
  return [
    'set "PATH=%SystemRoot%\\System32;%SystemRoot%\\System32\\Wbem"',
    'cd /d "%SystemRoot%\\System32"',
    // A variable of that name would hide what programs end with.
    'set "ERRORLEVEL="',
    `set "FOLDER=${inSystemRoot(...FIRST_BOOT_FOLDER)}"`,
    `set "LOG=${inSystemRoot(...FIRST_BOOT_LOG)}"`,
    `set "RESULT=${inSystemRoot(...FIRST_BOOT_RESULT)}"`,
    `set "LIMIT=${attempts}"`,
    `set "ROUNDS=${ROUNDS}"`,
  ];
}

/** Counted before anything else: what then fails has an end. An attempt that cannot be counted is none; reg that does not run at all ends nothing for good. */
function begin({ computerName }: FirstBootDocument): string[] {
  const settings = computerName === undefined ? '"%STAGE%"' : `"%STAGE%" /v ${OWNER_VALUE}`;
  return [
    "",
    'call :value "%SERVICE%\\Parameters" Attempts ATTEMPT',
    'set "UNREAD="',
    "if not defined ATTEMPT call :first_start",
    'set /a "ATTEMPT=%ATTEMPT%+1"',
    "if defined UNREAD goto unreadable",
    '%REG% add "%SERVICE%\\Parameters" /v Attempts /t REG_DWORD /d %ATTEMPT% /f >nul 2>nul',
    `${ifEnded(1)} goto not_counted`,
    `${IF_FAILED} goto unreadable`,
    `call :there ${settings}`,
    `${IF_ABSENT} goto not_arranged`,
    `${IF_FAILED} goto unreadable`,
    ...(computerName === undefined
      ? []
      : [`call :value "%STAGE%" ${OWNER_VALUE} OWNER`, "if not defined OWNER goto unreadable"]),
    'call :log "Start %ATTEMPT% of %LIMIT%."',
    "%GETMAC% /? >nul 2>nul",
    `${ifEnded(9009)} call :log "This Windows has no getmac.exe: no adapter can be told by its MAC address."`,
    'set "MOVED="',
    'set "OTHERS="',
    'set "ROUND=0"',
  ];
}

function wait(numbers: readonly number[]): string[] {
  return [
    "",
    ":wait",
    'set /a "ROUND=%ROUND%+1"',
    "call :may_begin",
    "if defined OTHERS goto move",
    'set "MISSING="',
    ...numbers.map((number) => `call :find_${number}`),
    'if defined HELD_BACK set "MISSING=1"',
    "if not defined MISSING goto move",
    "if %ROUND% geq %ROUNDS% goto move",
    `%PING% -n ${PINGS} 127.0.0.1 >nul 2>nul`,
    "goto wait",
  ];
}
