/** The subroutines that see whether anything may be moved yet, and on this computer at all. */
import { COMPUTER_NAME_KEY, SETUP_KEY } from "../../windows/registry-paths.ts";
import type { FirstBootDocument } from "../document.ts";
import { UNLESS_ABSENT } from "./common.ts";
import { live } from "./live-keys.ts";
import { IF_DONE } from "./programs.ts";

/** The value of the key that all settings wait in: the computer that they are for, whose name nobody but the registry says. */
export const OWNER_VALUE = "ComputerName";

/** HELD_BACK is why nothing may be moved now, the end of a sentence; OTHERS: nor at any other start. */
export function whoseSubroutines({ computerName }: FirstBootDocument): readonly string[] {
  return [
    ":may_begin",
    'set "HELD_BACK="',
    "for %%V in (SetupType SystemSetupInProgress OOBEInProgress) do call :setup_flag %%V",
    ...(computerName === undefined ? [] : ["if not defined HELD_BACK call :whose"]),
    "goto :eof",
    "",
    "rem A restart in the middle of Setup would break it, and Setup may name the computer anew.",
    ":setup_flag",
    `call :value "HKLM\\SYSTEM\\${SETUP_KEY}" %1 FLAG`,
    "if not defined FLAG goto no_flag",
    'if not "%FLAG%"=="0x0" set "HELD_BACK=Windows Setup is still at work on this Windows"',
    "goto :eof",
    ":no_flag",
    `call :there "HKLM\\SYSTEM\\${SETUP_KEY}" /v %1`,
    `${UNLESS_ABSENT} set "HELD_BACK=it cannot be read whether Windows Setup is at work"`,
    "goto :eof",
    "",
    ...(computerName === undefined ? [] : WHOSE),
  ];
}

/** cmd sees the names only after it has parsed the line; its own comparison is without regard to case, as names of computers are. */
const WHOSE: readonly string[] = [
  ":whose",
  `call :value "${live(COMPUTER_NAME_KEY)}" ComputerName COMPUTER`,
  'if not defined COMPUTER set "HELD_BACK=the name of this computer cannot be read"',
  "if not defined COMPUTER goto :eof",
  "call :same_computer",
  `${IF_DONE} goto :eof`,
  'set "OTHERS=1"',
  'set "HELD_BACK=it is for another computer than this one"',
  "goto :eof",
  "",
  ":same_computer",
  "setlocal enabledelayedexpansion",
  'if /i "!COMPUTER!"=="!OWNER!" exit /b 0',
  '>>"%LOG%" echo %DATE% %TIME% It is for the computer !OWNER!, and this one is !COMPUTER!.',
  "exit /b 1",
  "",
];
