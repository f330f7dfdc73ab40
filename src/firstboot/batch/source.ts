/** The subroutines of one source: whom it waits for, and what its move consists of. */
import type { PendingMove } from "../document.ts";
import { findCalls } from "./find.ts";
import type { BatchOrder } from "./order.ts";
import { netshCommands } from "./netsh.ts";

export function sourceSubroutines(source: BatchOrder): readonly string[] {
  return [...find(source), ...move(source), ...addresses(source.move), ...netsh(source), ...remove(source)];
}

/** TARGET_n is the GUID of the connection that is waited for, SEVERAL_n whether there are several; MISSING when there is none. */
function find({ move: { connection }, macs, family }: BatchOrder): string[] {
  const { number } = connection;
  return [
    `:find_${number}`,
    'set "FOUND="',
    'set "SEVERAL="',
    ...macs.flatMap((mac) => findCalls(mac, family)),
    `set "TARGET_${number}=%FOUND%"`,
    `set "SEVERAL_${number}=%SEVERAL%"`,
    'if not defined FOUND set "MISSING=1"',
    "goto :eof",
    "",
  ];
}

function move({ move: { connection }, clears, renames, checksConflict, settings }: BatchOrder): string[] {
  const { number, guid } = connection;
  return [
    `:move_${number}`,
    `set "NUMBER=${number}"`,
    `set "GUID=%TARGET_${number}%"`,
    `set "SEVERAL=%SEVERAL_${number}%"`,
    `set "ORPHAN=${guid ?? ""}"`,
    `set "CONFLICTS=${checksConflict ? "1" : ""}"`,
    "call :may_move",
    `if errorlevel 1 goto moved_${number}`,
    'set "OUTCOME=pending"',
    'set "HOW=it was given to the adapter with its MAC address"',
    `call :netsh_${number}`,
    'if errorlevel 1 set "HOW=it was written to the registry alone, netsh refused something"',
    "call :write",
    ...deletions("%INTERFACES%\\%GUID%", settings.deleted.get("Tcpip")),
    ...deletions("%SERVICES%\\%GUID%\\Parameters\\Tcpip", settings.deleted.get("Mirror")),
    "call :verify",
    `if errorlevel 1 goto moved_${number}`,
    ...(clears && guid !== undefined ? [`call :clear_${number}`] : []),
    ...(renames ? ["call :rename"] : []),
    '%REG% add "%STAGE%\\%NUMBER%" /v Outcome /t REG_SZ /d moved /f >nul 2>nul',
    'set "OUTCOME=moved"',
    'set "REASON=%HOW%"',
    'set "MOVED=1"',
    `:moved_${number}`,
    `call :log "Source ${number}: %OUTCOME%, %REASON%."`,
    `set "OUTCOME_${number}=%OUTCOME%"`,
    `set "REASON_${number}=%REASON%"`,
    `set "GUID_${number}="`,
    `if "%OUTCOME%"=="moved" set "GUID_${number}=%GUID%"`,
    'if not "%OUTCOME%"=="moved" set "OPEN=1"',
    "goto :eof",
    "",
  ];
}

function addresses({ connection: { number, ipv4 } }: PendingMove): string[] {
  return [
    `:addresses_${number}`,
    ...ipv4.addresses.map(({ address }) => `if not "%HELD:\\0${address}\\0=%"=="%HELD%" call :held ${address}`),
    "goto :eof",
    "",
  ];
}

/**
 * Ends with 1 when netsh did not do something. The name goes in after cmd has parsed the line; one that holds a quote ends its own argument, which
 * netsh then refuses.
 */
function netsh({ move: { connection }, family }: BatchOrder): string[] {
  return [
    `:netsh_${connection.number}`,
    'call :value "%CONNECTIONS%\\%GUID%\\Connection" Name NAME',
    "if not defined NAME exit /b 1",
    "setlocal enabledelayedexpansion",
    'set "REFUSED=0"',
    ...netshCommands(connection, family).flatMap((command) => [
      `%NETSH% ${command} >nul 2>nul`,
      'if errorlevel 1 set "REFUSED=1"',
    ]),
    "exit /b %REFUSED%",
    "",
  ];
}

function remove({ move: { connection }, clears, orphan }: BatchOrder): string[] {
  const { number, guid } = connection;
  if (!clears || guid === undefined) return [];
  return [
    `:clear_${number}`,
    "call :may_clear",
    "if errorlevel 1 goto :eof",
    'call :copy FormerTcpip "%INTERFACES%\\%ORPHAN%" "%INTERFACES%\\%ORPHAN%"',
    'call :copy FormerMirror "%SERVICES%\\%ORPHAN%\\Parameters\\Tcpip" "%SERVICES%\\%ORPHAN%\\Parameters\\Tcpip"',
    ...deletions("%INTERFACES%\\%ORPHAN%", orphan.deleted.get("Tcpip")),
    ...deletions("%SERVICES%\\%ORPHAN%\\Parameters\\Tcpip", orphan.deleted.get("Mirror")),
    'call :log "Source %NUMBER%: its former interface %ORPHAN% is cleared."',
    "goto :eof",
    "",
  ];
}

/** Names are our own constants. */
function deletions(key: string, names: readonly string[] = []): string[] {
  if (names.length === 0) return [];
  return [`for %%V in (${names.join(" ")}) do %REG% delete "${key}" /v %%V /f >nul 2>nul`];
}
