/** The static IPv6 of one source: its addresses and routes as commands of netsh and as records, and the subroutines that go through them. */
import { addressRecordName } from "../../windows/nsi/ipv6-address-record.ts";
import { routeRecordName } from "../../windows/nsi/ipv6-route-record.ts";
import type { Ipv6Settings } from "../../windows/model/settings.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";
import { NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../../windows/registry-paths.ts";
import { addressCommand, type Ipv6Command, routeCommand, routesOf } from "../netsh-ipv6.ts";
import { live } from "./live-keys.ts";
import { IF_FAILED } from "./programs.ts";

/** An address or a route. */
export interface Ipv6Item extends Ipv6Command {
  /** The key of NSI's table, and the name of the record that Windows makes of it; LUID is a variable in it. */
  readonly table: string;
  readonly record: string;
}

/** Expanded after cmd has parsed the line, as in every command of netsh. */
const NAME = '"!NAME!"';

/** No hex digits, as all the rest of a record's name is. */
const ANY_LUID = "luid";

/** None for XP and 2003, whose stack and netsh are of another kind. */
export function ipv6ItemsOf(ipv6: Ipv6Settings, family: WindowsFamily): readonly Ipv6Item[] {
  if (family === "xp") return [];
  const withLuid = (record: string): string => record.replaceAll(ANY_LUID, "%LUID%");
  const addresses = ipv6.addresses.map((address) => ({
    ...addressCommand(address, NAME),
    table: live(NSI_IPV6_ADDRESSES_KEY),
    record: withLuid(addressRecordName(ANY_LUID, address.address)),
  }));
  const routes = routesOf(ipv6).map((route) => ({
    ...routeCommand(route, NAME),
    table: live(NSI_IPV6_ROUTES_KEY),
    record: withLuid(routeRecordName(ANY_LUID, route)),
  }));
  return [...addresses, ...routes];
}

/** Of the source of that number. */
export function ipv6SourceSubroutines(number: number, items: readonly Ipv6Item[]): readonly string[] {
  return [
    `:ipv6_${number}`,
    'for %%V in (LEFT LEFT_MORE UNSEEN UNSEEN_MORE) do set "%%V="',
    'call :value "%CONNECTIONS%\\%GUID%\\Connection" Name NAME',
    'call :luid "%GUID%"',
    ...items.map(
      ({ text, table, record }, index) => `call :ipv6_add ${number}_${index + 1} "${text}" "${table}" ${record}`,
    ),
    "goto :eof",
    "",
    ...items.flatMap(({ args }, index) => [
      `:netsh_ipv6_${number}_${index + 1}`,
      "if not defined NAME exit /b 1",
      "setlocal enabledelayedexpansion",
      `%NETSH% ${args.join(" ")} >nul 2>nul`,
      `${IF_FAILED} exit /b 1`,
      "exit /b 0",
      "",
    ]),
  ];
}

/** What the former interface of the source had of the same, once the registry shows all of it as the new one's. */
export function formerIpv6Subroutine(number: number, items: readonly Ipv6Item[]): readonly string[] {
  return [
    `:former_ipv6_${number}`,
    "if defined LEFT goto :eof",
    "if defined UNSEEN goto :eof",
    'set "NEW_LUID=%LUID%"',
    'call :luid "%ORPHAN%"',
    "if not defined NEW_LUID goto :eof",
    "if not defined LUID goto :eof",
    'if /i "%LUID%"=="%NEW_LUID%" goto :eof',
    'call :shared_luid "%ORPHAN%"',
    "if defined SHARED goto :eof",
    ...items.map(({ table, record }) => `call :forget "${table}" ${record}`),
    "goto :eof",
    "",
  ];
}
