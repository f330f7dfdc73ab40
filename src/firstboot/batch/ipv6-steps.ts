/** The subroutines of static IPv6 that are the same for all: netsh adds it, and the registry is asked whether Windows keeps it. */
import { NET_CLASS_KEY } from "../../windows/registry-paths.ts";
import { live } from "./live-keys.ts";

/** What is recorded is not added again. What netsh has added and the registry does not show is told, and no failure: when Windows writes the record is not known. */
const ADD = [
  "rem %1: which command of netsh, %2: what it adds, %3: a table of NSI, %4: the record that Windows makes of it",
  ":ipv6_add",
  "call :recorded %3 %4",
  "if defined RECORDED goto :eof",
  "call :netsh_ipv6_%~1",
  "if errorlevel 1 goto ipv6_left",
  "call :recorded %3 %4",
  "if defined RECORDED goto :eof",
  'call :log "Source %NUMBER%: netsh has added %~2, which the registry does not show."',
  'if defined UNSEEN set "UNSEEN_MORE= and more"',
  'if not defined UNSEEN set "UNSEEN=%~2"',
  "goto :eof",
  ":ipv6_left",
  'call :log "Source %NUMBER%: netsh has not added %~2."',
  'if defined LEFT set "LEFT_MORE= and more"',
  'if not defined LEFT set "LEFT=%~2"',
  "goto :eof",
  "",
  ":recorded",
  'set "RECORDED="',
  '%REG% query "%~1" /v %~2 >nul 2>nul',
  'if not errorlevel 1 set "RECORDED=1"',
  "goto :eof",
  "",
];

/** As src/windows/luid.ts: the type in two bytes and the index in three, each with its low byte first; reg shows both as numbers. */
const LUID = [
  "rem %1: the GUID of a connection; LUID is what the names of its records hold, not defined where its adapter's key does not say it",
  ":luid",
  'set "LUID="',
  'set "KEY="',
  `for /f "tokens=1,2,3" %%A in ('%REG% query "${live(NET_CLASS_KEY)}" /s /v NetCfgInstanceId 2^>nul') do call :class_line "%~1" "%%A" "%%B" "%%C"`,
  "goto :eof",
  "",
  ":class_line",
  'if "%~3"=="" set "KEY=%~2"',
  'if /i not "%~4"=="%~1" goto :eof',
  "if defined LUID goto :eof",
  'call :value "%KEY%" *IfType TYPE',
  'call :value "%KEY%" NetLuidIndex INDEX',
  "if not defined TYPE goto :eof",
  "if not defined INDEX goto :eof",
  'set "TYPE=0000%TYPE:~2%"',
  'set "INDEX=000000%INDEX:~2%"',
  'set "LUID=000000%INDEX:~-2%%INDEX:~-4,2%%INDEX:~-6,2%%TYPE:~-2%%TYPE:~-4,2%"',
  "goto :eof",
  "",
];

const FORGET = [
  ":forget",
  "call :recorded %1 %2",
  "if not defined RECORDED goto :eof",
  '%REG% delete "%~1" /v %~2 /f >nul 2>nul',
  'if errorlevel 1 call :log "Source %NUMBER%: an IPv6 record of its former interface could not be removed: %~2."',
  "goto :eof",
  "",
];

/** A source that has all else, from an earlier start or from the run that arranged this one; IPv6 is added to nothing but that. */
const REST = [
  "rem %1: the number of such a source",
  ":await_ipv6",
  'call :value "%STAGE%\\%~1" Target GUID',
  'call :value "%CONNECTIONS%\\%GUID%\\Connection" Name NAME',
  "call :knows_netsh",
  'if errorlevel 1 set "MISSING=1"',
  "goto :eof",
  "",
  ":knows_netsh",
  "if not defined NAME exit /b 1",
  "setlocal enabledelayedexpansion",
  '%NETSH% interface ipv6 show interface "!NAME!" >nul 2>nul',
  "if errorlevel 1 exit /b 1",
  "exit /b 0",
  "",
  ":has_the_rest",
  'call :read WANTED "%STAGE%\\%NUMBER%\\Tcpip"',
  'call :read HELD "%INTERFACES%\\%GUID%"',
  'set "OUTCOME=unplaced"',
  'set "REASON=the connection %GUID% does not have its IPv4 settings any more"',
  'if not "%WANTED_MODE%"=="%HELD_MODE%" exit /b 1',
  'if "%WANTED_MODE%"=="0x0" if not "%WANTED_ADDRESS%"=="%HELD_ADDRESS%" exit /b 1',
  'set "HOW=all but its static IPv6 was in place"',
  "exit /b 0",
  "",
];

/** A source has its outcome: without all of its IPv6 it waits, and the next start adds what is left. */
const SETTLE = [
  ":settle",
  'set "DONE=moved"',
  'if defined LEFT set "DONE=ipv4"',
  '%REG% add "%STAGE%\\%NUMBER%" /v Outcome /t REG_SZ /d %DONE% /f >nul 2>nul',
  'set "OUTCOME=moved"',
  'set "REASON=%HOW%"',
  'if defined UNSEEN set "REASON=%HOW%, and netsh has added %UNSEEN%%UNSEEN_MORE%, which the registry does not show"',
  'if defined LEFT set "OUTCOME=pending"',
  'if defined LEFT set "REASON=all but its static IPv6 is in place, netsh has not added %LEFT%%LEFT_MORE%"',
  "goto :eof",
  "",
];

export const IPV6_SUBROUTINES: readonly string[] = [...ADD, ...LUID, ...FORGET, ...REST, ...SETTLE];
