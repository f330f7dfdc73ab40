/** The subroutines of one source: whom it waits for, and what its move consists of. */
import type { PendingMove } from "../document.ts";
import { copies } from "./copies.ts";
import { findCalls } from "./find.ts";
import { formerIpv6Subroutine, ipv6SourceSubroutines } from "./ipv6.ts";
import { netshCommands } from "./netsh.ts";
import type { BatchOrder } from "./order.ts";
import { IF_DONE, IF_FAILED, ifEnded } from "./programs.ts";

export function sourceSubroutines(source: BatchOrder): readonly string[] {
  const { move: pending, ipv6 } = source;
  const own = ipv6.length === 0 ? [] : ipv6SourceSubroutines(pending.connection.number, ipv6);
  if (pending.target !== undefined) return [...find(source), ...restOf(source), ...own];
  return [...find(source), ...move(source), ...addresses(pending), ...netsh(source), ...own, ...remove(source)];
}

/** TARGET_n is the GUID of the connection that is waited for, SEVERAL_n whether there are several; MISSING when there is none. */
function find({ move: { connection, target }, macs, family, ipv6 }: BatchOrder): string[] {
  const { number } = connection;
  return [
    `:find_${number}`,
    `call :value "%STAGE%\\${number}" Outcome DONE`,
    ...(ipv6.length === 0 ? [] : [`if "%DONE%"=="ipv4" call :await_ipv6 ${number}`]),
    ...(target === undefined ? search(number, macs, family) : []),
    "goto :eof",
    "",
  ];
}

function search(number: number, macs: BatchOrder["macs"], family: BatchOrder["family"]): string[] {
  return [
    "if defined DONE goto :eof",
    'set "FOUND="',
    'set "SEVERAL="',
    ...macs.flatMap((mac) => findCalls(mac, family)),
    `set "TARGET_${number}=%FOUND%"`,
    `set "SEVERAL_${number}=%SEVERAL%"`,
    'if not defined FOUND set "MISSING=1"',
  ];
}

function move({ move: { connection }, clears, renames, checksConflict, ipv6, settings }: BatchOrder): string[] {
  const { number, guid } = connection;
  const hasIpv6 = ipv6.length > 0;
  return [
    `:move_${number}`,
    `set "NUMBER=${number}"`,
    `set "GUID=%TARGET_${number}%"`,
    `set "SEVERAL=%SEVERAL_${number}%"`,
    `set "ORPHAN=${guid ?? ""}"`,
    `set "CONFLICTS=${checksConflict ? "1" : ""}"`,
    "call :may_move",
    ...(hasIpv6 ? [`${ifEnded(2)} goto rest_${number}`] : []),
    `${IF_FAILED} goto moved_${number}`,
    'set "OUTCOME=pending"',
    'set "HOW=it was given to the adapter with its MAC address"',
    `call :netsh_${number}`,
    `${IF_FAILED} set "HOW=it was written to the registry alone, netsh refused something"`,
    'for %%V in (FAILED UNREAD) do set "%%V="',
    ...copies(settings, "%GUID%", ""),
    "call :verify",
    "rem Target stays where it cannot be told: the next start does the same again.",
    `${ifEnded(2)} goto moved_${number}`,
    `${IF_FAILED} goto refused_${number}`,
    // Before the connection has another name in the registry, and perhaps not in netsh.
    ...(hasIpv6 ? [`call :ipv6_${number}`] : []),
    ...(clears && guid !== undefined ? [`call :clear_${number}`] : []),
    ...(renames ? ["call :rename"] : []),
    hasIpv6 ? "call :settle" : "call :note moved",
    `${IF_FAILED} goto moved_${number}`,
    'set "MOVED=1"',
    `goto moved_${number}`,
    "rem What somebody makes of it until the next start is theirs.",
    `:refused_${number}`,
    '%REG% delete "%STAGE%\\%NUMBER%" /v Target /f >nul 2>nul',
    ...(hasIpv6 ? [`goto moved_${number}`, ...rest(number, clears && guid !== undefined)] : []),
    ...told(number),
  ];
}

/** A source that waits for its IPv6 alone. */
function restOf({ move: { connection } }: BatchOrder): string[] {
  const { number } = connection;
  return [
    `:move_${number}`,
    `set "NUMBER=${number}"`,
    'set "GUID="',
    "call :may_move",
    `${ifEnded(2)} goto rest_${number}`,
    `goto moved_${number}`,
    ...rest(number, false),
    ...told(number),
  ];
}

/** Without a restart: what netsh adds counts at once. */
function rest(number: number, clears: boolean): string[] {
  return [
    `:rest_${number}`,
    "call :has_the_rest",
    `${IF_FAILED} goto moved_${number}`,
    `call :ipv6_${number}`,
    ...(clears ? ["call :may_clear", `${IF_DONE} call :former_ipv6_${number}`] : []),
    "call :settle",
  ];
}

function told(number: number): string[] {
  return [
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
      `${IF_FAILED} set "REFUSED=1"`,
    ]),
    "exit /b %REFUSED%",
    "",
  ];
}

function remove({ move: { connection }, clears, ipv6, orphan }: BatchOrder): string[] {
  const { number, guid } = connection;
  if (!clears || guid === undefined) return [];
  return [
    `:clear_${number}`,
    "call :may_clear",
    `${IF_FAILED} goto :eof`,
    'set "FAILED="',
    ...copies(orphan, "%ORPHAN%", "Former"),
    ...(ipv6.length === 0 ? [] : [`call :former_ipv6_${number}`]),
    'if defined FAILED call :log "Source %NUMBER%: its former interface %ORPHAN% could not be cleared."',
    'if not defined FAILED call :log "Source %NUMBER%: its former interface %ORPHAN% is cleared."',
    "goto :eof",
    "",
    ...(ipv6.length === 0 ? [] : formerIpv6Subroutine(number, ipv6)),
  ];
}
