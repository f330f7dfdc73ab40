/** The programs of Windows that the batch file calls. */

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
