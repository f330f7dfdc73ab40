/** The programs of Windows that the batch file calls, and how it asks whether one has done its work. */

/** Each is a variable at the top of the batch file, so that it is named once; all of them are in System32, which is the current folder. */
const PROGRAMS = {
  REG: "reg.exe",
  GETMAC: "getmac.exe",
  NETSH: "netsh.exe",
  PING: "ping.exe",
  SC: "sc.exe",
  SHUTDOWN: "shutdown.exe",
  EVENTCREATE: "eventcreate.exe",
} as const;

export const PROGRAM_LINES: readonly string[] = Object.entries(PROGRAMS).map(([name, file]) => `set "${name}=${file}"`);

/** The code of a program that has crashed is negative, which `if errorlevel 1` takes for success. */
export const IF_FAILED = 'if not "%ERRORLEVEL%"=="0"';
export const IF_DONE = 'if "%ERRORLEVEL%"=="0"';

/** The end of a program or subroutine with that code and no other. */
export function ifEnded(code: number): string {
  return `if "%ERRORLEVEL%"=="${code}"`;
}
