/** The way back from settings to the registry: collects the exact changes that give an interface its settings, in every control set that counts. */
import type { Warning } from "../../exit/warning.ts";
import type { Guid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import { type InterfaceLuids, interfaceLuids } from "../interface-luids.ts";
import type { Change } from "../model/change.ts";
import type { ConnectionSettings } from "../model/settings.ts";
import type { Windows, WindowsConnection } from "../model/windows.ts";
import { type Ipv6Records, ipv6RecordsFor, type Ipv6Tables, ipv6TablesIn } from "../nsi/ipv6-tables.ts";
import { controlSetKey, tcpipInterfaceKey } from "../registry-paths.ts";
import { type NameWish, renameConnections } from "./connection-names.ts";
import { writeDnsOverHttps } from "./dns-over-https.ts";
import { Draft } from "./draft.ts";
import { writeNetbt } from "./netbt.ts";
import { NO_IPV6 } from "../settings/ipv6.ts";
import { carryNsiRecords, clearNsiRecords, dropOtherNsiRecords, missingInNsi } from "./nsi-ipv4.ts";
import { ipv4SiblingsIn, makeNsiRecords } from "./nsi-ipv4-made.ts";
import { carryUnreadIpv6, clearIpv6Records, clearUnreadIpv6, writeIpv6Records } from "./nsi-ipv6.ts";
import { dropDefaultRoute } from "./persistent-routes.ts";
import { existingKey, type InterfacePlace } from "./place.ts";
import {
  ipv4RoutesAreInferred,
  ipv6RoutesAreInferred,
  lacksInterface,
  lacksIpv6,
  mayNeedNsi,
  sharesLuid,
  toldOnce,
  withoutLuid,
} from "./remarks.ts";
import { clearTcpip, writeTcpip } from "./tcpip.ts";
import { writeTcpip6 } from "./tcpip6.ts";

export class NetworkWriter {
  readonly #root: Key;
  readonly #windows: Windows;
  readonly #draft: Draft;
  readonly #ipv6Tables = new Map<number, Ipv6Tables>();
  /** Control set and LUID of the interfaces that were configured. */
  readonly #written = new Set<string>();
  readonly #luids = new Map<number, InterfaceLuids>();

  /** `root` is the hive that `windows` was read from; it must not be edited while the writer is used. */
  constructor(root: Key, windows: Windows) {
    this.#root = root;
    this.#windows = windows;
    this.#draft = new Draft(root);
  }

  /** What has been asked for so far, in the order in which it must be made; what would change nothing is not in it. */
  changes(): Change[] {
    return this.#draft.changes();
  }

  /**
   * Makes the connection's interface what `settings` say, but for `missingIpv6`. `from` is the interface that the settings were on, where this
   * image has it: its NSI records come along; Vista gets those that are missing. Leases, class, device and binding keys are never touched.
   */
  configure(connection: WindowsConnection, settings: ConnectionSettings, from?: WindowsConnection): Warning[] {
    return this.#inEachControlSet(connection, (place) => {
      const warnings = [
        ...writeTcpip(place, settings),
        ...writeNetbt(place, settings.netbios),
        ...writeTcpip6(place, settings.ipv6),
        ...writeDnsOverHttps(place, settings.dnsOverHttps ?? []),
      ];
      const luid = this.#luidOf(connection, place.controlSet);
      if (luid === undefined) return [...warnings, ...withoutLuid(place, connection)];
      this.#written.add(`${place.controlSet} ${luid}`);
      const fromLuid = this.#luidOfFormer(from, connection, place.controlSet);
      warnings.push(
        ...this.#writeNsiIpv4(place, connection, settings, luid, fromLuid),
        ...this.#writeIpv6(place, connection, settings, luid, fromLuid),
      );
      if (fromLuid !== undefined && isOfImage(settings))
        carryUnreadIpv6(place, this.#tables(place.controlSet), luid, fromLuid);
      return warnings;
    });
  }

  /** What of the settings' static IPv6 `configure` cannot write in the control set that is read, in words: nothing in the hive shows what its records are like. */
  missingIpv6(
    connection: WindowsConnection,
    { ipv6 }: ConnectionSettings,
    from?: WindowsConnection,
  ): readonly string[] {
    const { current } = this.#windows.controlSets;
    const luids = [this.#luidOf(connection, current), this.#luidOfFormer(from, connection, current)] as const;
    return ipv6RecordsFor(this.#tables(current), ipv6, ...luids).missing;
  }

  /** Makes an orphan's interface plain DHCP, so that its addresses are free; NSI's records stay where its LUID is that of one that was configured. `carried`: what has gone from it to another interface, its routes included. */
  clear(connection: WindowsConnection, carried?: ConnectionSettings): Warning[] {
    return this.#inEachControlSet(connection, (place) => {
      clearTcpip(place);
      const none = writeTcpip6(place, NO_IPV6);
      const luid = this.#luidOf(connection, place.controlSet);
      if (luid === undefined) return [...none, ...withoutLuid(place, connection)];
      if (this.#written.has(`${place.controlSet} ${luid}`)) return [...none, sharesLuid(place, connection, luid)];
      clearNsiRecords(place, luid, { carried: carried !== undefined });
      clearIpv6Records(place, this.#tables(place.controlSet), luid, carried?.ipv6.routes ?? []);
      if (carried !== undefined && isOfImage(carried)) clearUnreadIpv6(place, this.#tables(place.controlSet), luid);
      return none;
    });
  }

  /** Connections of `wishes` get these names, in every control set that has them; of `givesWay` those that have one of them get another. */
  rename(wishes: readonly NameWish[], givesWay: ReadonlySet<Guid>): Warning[] {
    const warnings = this.#windows.controlSets.written.flatMap((controlSet) =>
      renameConnections({ root: this.#root, draft: this.#draft, controlSet }, wishes, givesWay),
    );
    return toldOnce(warnings);
  }

  /** Removes what Windows noted as its own default route over this gateway. */
  dropDefaultRoute(gateway: string): void {
    for (const controlSet of this.#windows.controlSets.written) dropDefaultRoute(this.#draft, controlSet, gateway);
  }

  #inEachControlSet(connection: WindowsConnection, write: (place: InterfacePlace) => Warning[]): Warning[] {
    const { guid } = connection;
    const { family } = this.#windows.version;
    const warnings = this.#windows.controlSets.written.flatMap((controlSet) => {
      const place: InterfacePlace = { draft: this.#draft, controlSet, family, guid };
      return existingKey(place, tcpipInterfaceKey(guid)) === undefined
        ? [lacksInterface(place, connection)]
        : write(place);
    });
    return toldOnce(warnings);
  }

  #writeNsiIpv4(
    place: InterfacePlace,
    connection: WindowsConnection,
    { ipv4 }: ConnectionSettings,
    luid: string,
    from: string | undefined,
  ): Warning[] {
    dropOtherNsiRecords(place, luid, ipv4);
    const carried = from === undefined ? undefined : carryNsiRecords(place, from, luid, ipv4);
    if (place.family !== "vista") return carried?.others === true ? [ipv4RoutesAreInferred(connection, "routes")] : [];
    const made = makeNsiRecords(place, luid, ipv4, ipv4SiblingsIn(this.#root, place.controlSet));
    const missing = missingInNsi(place, luid, ipv4);
    return [
      ...(made || carried?.defaults === true || carried?.others === true
        ? [ipv4RoutesAreInferred(connection, "gateways and routes")]
        : []),
      ...(missing.length === 0 ? [] : [mayNeedNsi(connection, missing)]),
    ];
  }

  #writeIpv6(
    place: InterfacePlace,
    connection: WindowsConnection,
    { ipv6 }: ConnectionSettings,
    luid: string,
    from: string | undefined,
  ): Warning[] {
    const tables = this.#tables(place.controlSet);
    const records = ipv6RecordsFor(tables, ipv6, luid, from);
    writeIpv6Records(place, tables, luid, records);
    const isCurrent = place.controlSet === this.#windows.controlSets.current;
    return [
      ...(isNew(records, tables) ? [ipv6RoutesAreInferred(connection)] : []),
      ...(isCurrent || records.missing.length === 0 ? [] : [lacksIpv6(place, connection, records)]),
    ];
  }

  #tables(controlSet: number): Ipv6Tables {
    const known = this.#ipv6Tables.get(controlSet) ?? ipv6TablesIn(this.#root, controlSet);
    this.#ipv6Tables.set(controlSet, known);
    return known;
  }

  #luidOfFormer(from: WindowsConnection | undefined, to: WindowsConnection, controlSet: number): string | undefined {
    return from === undefined || from === to ? undefined : this.#luidOf(from, controlSet);
  }

  /** Each control set has its own class keys; normally the numbers in them are the same. Undefined before Vista. */
  #luidOf({ guid, luid }: WindowsConnection, controlSet: number): string | undefined {
    if (controlSet === this.#windows.controlSets.current) return luid;
    const tree = this.#root.subkey(controlSetKey(controlSet));
    const luids = this.#luids.get(controlSet) ?? (tree === undefined ? undefined : interfaceLuids(tree));
    if (luids !== undefined) this.#luids.set(controlSet, luids);
    return luids?.(guid);
  }
}

/** Whether they were read from a hive, what cannot be read included: a profile has only what it says. */
function isOfImage({ unreadable }: ConnectionSettings): boolean {
  return unreadable !== undefined;
}

/** Whether routes are written that the interface does not have yet. */
function isNew({ routes }: Ipv6Records, tables: Ipv6Tables): boolean {
  const known = new Set(tables.routes.map(({ name }) => name.toLowerCase()));
  return routes.some(({ name }) => !known.has(name.toLowerCase()));
}
