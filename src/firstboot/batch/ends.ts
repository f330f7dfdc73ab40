/** The ends of a run: the moves, what has become of them, and what is said and left of it. */
import { UNLESS_ABSENT } from "./common.ts";

/** What the batch file itself ends with; the numbers are the program's (src/exit/codes.ts). */
const ENDS = { done: 0, failed: 1, unplaced: 25, pending: 26, waiting: 27 } as const;

/**
 * The result is there before the service goes, and says so afterwards. The last line is read whole before the folder that it stands in goes. A service
 * that may start again keeps its folder.
 */
export function endLines(numbers: readonly number[]): string[] {
  return [
    "",
    ":move",
    'set "OPEN="',
    ...numbers.map((number) => `call :move_${number}`),
    "if not defined OPEN goto finished",
    "if defined OTHERS goto others",
    "if %ATTEMPT% geq %LIMIT% goto gave_up",
    'set "WHY=not every source has been moved; the next start of Windows tries again"',
    ":waiting",
    'call :result waiting false "%WHY%"',
    'call :event WARNING 2 "PINT: %WHY%."',
    "call :restart",
    `exit ${ENDS.waiting}`,
    "",
    ...conclusions(numbers),
  ];
}

/** What a run can come to, beside that it waits for the next start: the service goes. */
function conclusions(numbers: readonly number[]): string[] {
  return [
    ":finished",
    'set "STATE=finished"',
    'set "WHY=every source has been moved"',
    `set "END=${ENDS.done}"`,
    'call :event INFORMATION 1 "PINT: the network configuration has been moved."',
    "goto remove_all",
    "",
    ":others",
    'set "STATE=gave-up"',
    'set "WHY=it is for another computer than this one"',
    `set "END=${ENDS.pending}"`,
    'call :event WARNING 5 "PINT: what was arranged is for another computer, and nothing more is changed on this one."',
    "goto remove_all",
    "",
    ":gave_up",
    'set "STATE=gave-up"',
    'set "WHY=this was the last attempt, and not every source has been moved"',
    `set "END=${ENDS.unplaced}"`,
    'call :event WARNING 3 "PINT: not every source has been moved, and no further attempt is made."',
    "",
    ":remove_all",
    'call :result %STATE% false "%WHY%"',
    "call :remove",
    'call :result %STATE% %REMOVED% "%WHY%"',
    "call :restart",
    "if defined KEPT exit %END%",
    'rd /s /q "%FOLDER%" & exit %END%',
    "",
    ...failures(numbers),
  ];
}

/** What is not begun: for good, or because reg does not work at all. */
function failures(numbers: readonly number[]): string[] {
  return [
    ":not_arranged",
    'set "WHY=nothing was done: the settings are not there"',
    "goto failed",
    "",
    ":not_counted",
    'call :there "%SERVICE%\\Parameters\\none"',
    `${UNLESS_ABSENT} goto unreadable`,
    'set "WHY=nothing was done: the registry cannot be written"',
    "",
    "rem No later start would do better.",
    ":failed",
    'set "STATE=failed"',
    `set "END=${ENDS.failed}"`,
    ...allPending(numbers),
    'call :event WARNING 4 "PINT: the network configuration has not been moved, %WHY%."',
    "goto remove_all",
    "",
    ":unreadable",
    'set "WHY=nothing was done at this start: the registry cannot be read; the next start of Windows tries again"',
    ...allPending(numbers),
    "goto waiting",
    "",
  ];
}

function allPending(numbers: readonly number[]): string[] {
  return numbers.flatMap((number) => [`set "OUTCOME_${number}=pending"`, `set "REASON_${number}=%WHY%"`]);
}
