/** The way back from settings to the registry: collects the exact changes that give an interface its settings, in every control set that counts. */
import type { Warning } from "../../exit/warning.ts";
import type { Guid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import { readClassKeys } from "../adapters/class-keys.ts";
import { netLuid } from "../luid.ts";
import type { Change } from "../model/change.ts";
import type { ConnectionSettings } from "../model/settings.ts";
import type { Windows, WindowsConnection } from "../model/windows.ts";
import { controlSetKey, tcpipInterfaceKey } from "../registry-paths.ts";
import { type NameWish, renameConnections } from "./connection-names.ts";
import { writeDnsOverHttps } from "./dns-over-https.ts";
import { Draft } from "./draft.ts";
import { writeNetbt } from "./netbt.ts";
import { NO_IPV6 } from "../settings/ipv6.ts";
import { carryNsiRecords, clearNsiRecords, dropOtherNsiAddresses, hasIpv6Addresses, hasNsiAddresses } from "./nsi.ts";
import { dropDefaultRoute } from "./persistent-routes.ts";
import { existingKey, type InterfacePlace } from "./place.ts";
import { clearTcpip, writeTcpip } from "./tcpip.ts";
import { writeTcpip6 } from "./tcpip6.ts";

export class NetworkWriter {
  readonly #root: Key;
  readonly #windows: Windows;
  readonly #draft: Draft;

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
   * Makes the connection's interface what `settings` say. `from` is the interface that the settings were on, where this image has it: its NSI
   * records come along. Leases, class, device and binding keys are never touched.
   */
  configure(connection: WindowsConnection, settings: ConnectionSettings, from?: WindowsConnection): Warning[] {
    const { family } = this.#windows.version;
    return this.#inEachControlSet(connection, (place) => {
      const warnings = [
        ...writeTcpip(place, settings),
        ...writeNetbt(place, settings.netbios),
        ...writeTcpip6(place, settings.ipv6),
        ...writeDnsOverHttps(place, settings.dnsOverHttps ?? []),
      ];
      const luid = this.#luidOf(connection, place);
      if (luid === undefined) return warnings;
      dropOtherNsiAddresses(place, luid, settings.ipv4);
      const fromLuid = from === undefined || from === connection ? undefined : this.#luidOf(from, place);
      if (from !== undefined && fromLuid !== undefined) {
        carryNsiRecords(place, fromLuid, luid, settings.ipv4);
        warnings.push(...this.#notCarried(place, from, fromLuid));
      }
      if (family === "vista" && !hasNsiAddresses(place, luid, settings.ipv4)) warnings.push(mayNeedNsi(connection));
      return warnings;
    });
  }

  /** Makes an orphan's interface plain DHCP, so that its addresses are free. `carried`: its routes have gone to another interface. */
  clear(connection: WindowsConnection, options: { readonly carried: boolean }): Warning[] {
    return this.#inEachControlSet(connection, (place) => {
      clearTcpip(place);
      const none = writeTcpip6(place, NO_IPV6);
      const luid = this.#luidOf(connection, place);
      if (luid !== undefined) clearNsiRecords(place, luid, options);
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

  /** Each control set has its own class keys; normally the numbers in them are the same. Undefined before Vista. */
  #luidOf({ guid, luid }: WindowsConnection, { controlSet }: InterfacePlace): string | undefined {
    if (controlSet === this.#windows.controlSets.current) return luid;
    const tree = this.#root.subkey(controlSetKey(controlSet));
    const classKey = tree === undefined ? undefined : readClassKeys(tree).find((candidate) => candidate.guid === guid);
    return netLuid(classKey?.ifType, classKey?.netLuidIndex);
  }

  #notCarried(place: InterfacePlace, from: WindowsConnection, luid: string): Warning[] {
    const warnings: Warning[] = [];
    const name = from.name ?? from.guid;
    if (hasIpv6Addresses(place, luid)) {
      warnings.push({
        code: "ipv6-addresses-not-carried",
        message: `"${name}" has static IPv6 addresses; they are not moved. Set them again in Windows.`,
      });
    }
    return warnings;
  }
}

/** What is the same in two control sets. */
function toldOnce(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

/** One disaster recovery product writes NSI's records beside the registry's values on Vista and 2008, and on no other. That it must is not confirmed. */
function mayNeedNsi({ name, guid }: WindowsConnection): Warning {
  return {
    code: "vista-without-nsi-record",
    message: `"${name ?? guid}" has no NSI record of its address, and none is made. Windows Vista and Server 2008 may need one: look at the address after the first start.`,
  };
}

function lacksInterface({ controlSet }: InterfacePlace, { name, guid }: WindowsConnection): Warning {
  return {
    code: "control-set-lacks-interface",
    message: `${controlSetKey(controlSet)} has no interface ${name === undefined ? guid : `"${name}" ${guid}`}: nothing is changed there. Starting Windows with the last known good configuration would bring the former state back.`,
  };
}
