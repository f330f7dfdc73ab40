/** The subroutines that all others use: reading a registry value, writing the log. */

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

const LOG = ["rem %1: a sentence", ":log", '>>"%LOG%" echo %DATE% %TIME% %~1', "goto :eof", ""];

export const COMMON_SUBROUTINES: readonly string[] = [...VALUE, ...LOG];
