/** The subroutines that all others use: reading a registry value, telling what is not there from what cannot be read, writing the log. */
import { SETUP_KEY } from "../../windows/registry-paths.ts";
import { IF_DONE, IF_FAILED, ifEnded } from "./programs.ts";

/** After `:there`, and after reg itself: 1 alone says that something is not there. */
export const IF_ABSENT = ifEnded(1);
export const UNLESS_ABSENT = IF_ABSENT.replace("if ", "if not ");

/**
 * A value's line is `name, type, data` whatever the language; XP's reg.exe separates them by tabs. cmd puts the data in
 * after it has parsed the line, so that nothing in it is taken for a command.
 */
const VALUE = [
  "rem %1: a key, %2: the name of a value, %3: the variable that gets its data; not defined when there is none",
  ":value",
  'set "%~3="',
  `for /f "tokens=1,2,*" %%A in ('%REG% query "%~1" /v %~2 2^>nul') do if /i "%%A"=="%~2" set "%~3=%%C"`,
  "goto :eof",
  "",
];

/** reg ends with 1 for what is not there, and for some of what it cannot do: a key that every Windows has is asked for then. */
const THERE = [
  "rem %1: a key, %2 %3: /v and the name of a value; ends with 1 when it is not there, with 2 when that cannot be told",
  ":there",
  '%REG% query "%~1" %2 %3 >nul 2>nul',
  `${IF_DONE} exit /b 0`,
  `${UNLESS_ABSENT} exit /b 2`,
  `%REG% query "HKLM\\SYSTEM\\${SETUP_KEY}" >nul 2>nul`,
  `${IF_FAILED} exit /b 2`,
  "exit /b 1",
  "",
  ":first_start",
  'set "ATTEMPT=0"',
  'call :there "%SERVICE%\\Parameters" /v Attempts',
  `${UNLESS_ABSENT} set "UNREAD=1"`,
  "goto :eof",
  "",
];

const LOG = ["rem %1: a sentence", ":log", '>>"%LOG%" echo %DATE% %TIME% %~1', "goto :eof", ""];

export const COMMON_SUBROUTINES: readonly string[] = [...VALUE, ...THERE, ...LOG];
