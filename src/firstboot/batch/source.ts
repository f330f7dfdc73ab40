/** The subroutines of one source: whom it waits for, and what its move consists of. */
import type { PendingMove } from "../document.ts";
import { findCalls } from "./find.ts";
import type { BatchOrder } from "./order.ts";
import { netshCommands } from "./netsh.ts";
import type { StagedInterface } from "./staged-settings.ts";

export function sourceSubroutines(source: BatchOrder): readonly string[] {
  return [...find(source), ...move(source), ...addresses(source.move), ...netsh(source), ...remove(source)];
}

/** TARGET_n is the GUID of the connection that is waited for, SEVERAL_n whether there are several; MISSING when there is none. */
function find({ move: { connection }, macs, family }: BatchOrder): string[] {
  const { number } = connection;
  return [
    `:find_${number}`,
    `call :value "%STAGE%\\${number}" Outcome DONE`,
    "if defined DONE goto :eof",
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
    'set "FAILED="',
    ...copies(settings, "%GUID%", ""),
    "call :verify",
    `if errorlevel 1 goto refused_${number}`,
    ...(clears && guid !== undefined ? [`call :clear_${number}`] : []),
    ...(renames ? ["call :rename"] : []),
    '%REG% add "%STAGE%\\%NUMBER%" /v Outcome /t REG_SZ /d moved /f >nul 2>nul',
    'set "OUTCOME=moved"',
    'set "REASON=%HOW%"',
    'set "MOVED=1"',
    `goto moved_${number}`,
    "rem What somebody makes of it until the next start is theirs.",
    `:refused_${number}`,
    '%REG% delete "%STAGE%\\%NUMBER%" /v Target /f >nul 2>nul',
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
    'set "FAILED="',
    ...copies(orphan, "%ORPHAN%", "Former"),
    'if defined FAILED call :log "Source %NUMBER%: its former interface %ORPHAN% could not be cleared."',
    'if not defined FAILED call :log "Source %NUMBER%: its former interface %ORPHAN% is cleared."',
    "goto :eof",
    "",
  ];
}

/** Where what waits under a name goes to, and the key without which Windows has no place for it. */
function placeOf(stage: string, guid: string): { readonly key: string; readonly needed: string } {
  const same = (key: string) => ({ key, needed: key });
  switch (stage) {
    case "Tcpip":
      return same(`%INTERFACES%\\${guid}`);
    case "Mirror":
      return same(`%SERVICES%\\${guid}\\Parameters\\Tcpip`);
    case "NetBT":
      return { key: `%SERVICES%\\NetBT\\Parameters\\Interfaces\\Tcpip_${guid}`, needed: NETBT };
    case "Tcpip6":
      return { key: `%SERVICES%\\Tcpip6\\Parameters\\Interfaces\\${guid}`, needed: TCPIP6 };
    default:
      return { key: `%SERVICES%\\Dnscache\\InterfaceSpecificParameters\\${guid}\\DohInterfaceSettings`, needed: DNS };
  }
}

const NETBT = "%SERVICES%\\NetBT\\Parameters\\Interfaces";
const TCPIP6 = "%SERVICES%\\Tcpip6\\Parameters\\Interfaces";
const DNS = "%SERVICES%\\Dnscache";

/** First what is set, then what is deleted: with the power cut between them the connection has its addresses. */
function copies({ values, deleted }: StagedInterface, guid: string, prefix: string): string[] {
  const stages = [...new Set(values.map(({ key }) => key.split("\\")[0] ?? ""))];
  return stages.flatMap((stage) => {
    const { key, needed } = placeOf(stage, guid);
    return [`call :copy ${prefix}${stage} "${key}" "${needed}"`, ...deletions(key, deleted.get(stage))];
  });
}

/** Names are our own constants. */
function deletions(key: string, names: readonly string[] = []): string[] {
  if (names.length === 0) return [];
  const found = `for /f "tokens=1" %%A in ('%REG% query "${key}" 2^>nul') do`;
  const named = `for %%V in (${names.join(" ")}) do if /i "%%A"=="%%V"`;
  return [`${found} ${named} %REG% delete "${key}" /v %%V /f >nul 2>nul`];
}
