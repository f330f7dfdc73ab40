/** The subroutines that write one source: what is copied, whether the registry took it, and that this is noted. */
import { IF_ABSENT, UNLESS_ABSENT } from "./common.ts";
import { IF_DONE } from "./programs.ts";

/**
 * Every place is copied whole from what waits in the service's key, so that types and bytes are what they were. FAILED is what was not copied, UNREAD
 * that reg did not even refuse it. No Windows is without a place for Tcpip.
 */
const COPY = [
  "rem %1: the name of what waits, %2: where to, %3: the key without which this Windows does not know it",
  ":copy",
  'call :there "%~3"',
  `${IF_ABSENT} goto unknown_place`,
  `${IF_DONE} %REG% copy "%STAGE%\\%NUMBER%\\%~1" "%~2" /s /f >nul 2>nul`,
  `${IF_DONE} goto :eof`,
  `${UNLESS_ABSENT} set "UNREAD=1"`,
  'set "FAILED=%~1"',
  "goto :eof",
  ":unknown_place",
  'if "%~1"=="Tcpip" set "FAILED=%~1"',
  'if "%~1"=="Tcpip" goto :eof',
  'call :log "Source %NUMBER%: this Windows has no place for %~1, which is left out."',
  "goto :eof",
  "",
];

/** What is compared is what a connection cannot be without; of the rest reg.exe says whether it was copied. Ends with 2 when it cannot be told. */
const VERIFY = [
  ":verify",
  'call :read WANTED "%STAGE%\\%NUMBER%\\Tcpip"',
  'call :read HELD "%INTERFACES%\\%GUID%"',
  'set "REASON=it cannot be read what the registry took"',
  "if not defined WANTED_MODE exit /b 2",
  "if not defined HELD_MODE exit /b 2",
  "if defined UNREAD exit /b 2",
  'if "%WANTED_MODE%"=="0x0" if not defined WANTED_ADDRESS exit /b 2',
  'set "DIFFERS=%FAILED%"',
  'if not "%WANTED_MODE%"=="%HELD_MODE%" set "DIFFERS=EnableDHCP"',
  'if not "%WANTED_ADDRESS%"=="%HELD_ADDRESS%" set "DIFFERS=IPAddress"',
  'if not "%WANTED_MASK%"=="%HELD_MASK%" set "DIFFERS=SubnetMask"',
  'if not "%WANTED_GATEWAY%"=="%HELD_GATEWAY%" set "DIFFERS=DefaultGateway"',
  'if not "%WANTED_SERVER%"=="%HELD_SERVER%" set "DIFFERS=NameServer"',
  'set "REASON=the registry did not take %DIFFERS%"',
  "if defined DIFFERS exit /b 1",
  "exit /b 0",
  "",
  "rem %1: what its variables begin with, %2: the key of an interface",
  ":read",
  'for %%V in (MODE ADDRESS MASK GATEWAY SERVER) do set "%1_%%V="',
  `for /f "tokens=1,2,*" %%A in ('%REG% query "%~2" 2^>nul') do (`,
  '  if /i "%%A"=="EnableDHCP" set "%1_MODE=%%C"',
  '  if /i "%%A"=="IPAddress" set "%1_ADDRESS=%%C"',
  '  if /i "%%A"=="SubnetMask" set "%1_MASK=%%C"',
  '  if /i "%%A"=="DefaultGateway" set "%1_GATEWAY=%%C"',
  '  if /i "%%A"=="NameServer" set "%1_SERVER=%%C"',
  ")",
  "goto :eof",
  "",
];

/** What is not in the registry was not done: it is asked for its own answer. */
const NOTE = [
  "rem %1: what has become of the source, which has its settings; ends with 1 when the registry does not show it",
  ":note",
  '%REG% add "%STAGE%\\%NUMBER%" /v Outcome /t REG_SZ /d %1 /f >nul 2>nul',
  'call :value "%STAGE%\\%NUMBER%" Outcome DONE',
  'set "OUTCOME=moved"',
  'set "REASON=%HOW%"',
  'if "%DONE%"=="%~1" exit /b 0',
  'set "OUTCOME=pending"',
  'set "REASON=it has its settings, and the registry does not show that this was noted"',
  "exit /b 1",
  "",
];

export const WRITE_SUBROUTINES: readonly string[] = [...COPY, ...VERIFY, ...NOTE];
