/** The sources of a plan: connections whose settings are to be given to an adapter, from a profile or from the image itself. */
import type { MatchedConnection } from "../../match/model.ts";
import type { Guid } from "../../notation/guid.ts";
import type { MacAddress } from "../../notation/mac.ts";
import { hasSettingsOfItsOwn } from "../../profile/defaults.ts";
import type { ApplyChoice, ProfileConnection } from "../../profile/model.ts";
import type { ConnectionSettings, RawSetting, UnreadableSetting } from "../../windows/model/settings.ts";
import type { WindowsConnection } from "../../windows/model/windows.ts";
import { IPV4_VALUES } from "../../windows/settings/interface-values.ts";
import type { PlanEnd } from "../model.ts";
import { addressTexts } from "./end.ts";
import type { PlanRequest } from "../options.ts";
import { macsOfConnection } from "./target.ts";

export interface SourceMacs {
  readonly permanent: readonly MacAddress[];
  readonly current: readonly MacAddress[];
  readonly user: readonly MacAddress[];
}

export interface Source {
  readonly end: PlanEnd;
  readonly number: number;
  readonly name: string | undefined;
  readonly guid: Guid | undefined;
  readonly macs: SourceMacs;
  readonly apply: ApplyChoice;
  readonly note: string | undefined;
  readonly settings: ConnectionSettings;
  /** Whether there is anything that a new adapter would not have without being told. */
  readonly hasSettings: boolean;
  /** The interface of the image that has, or had, these settings: the one with the same GUID. */
  readonly own: MatchedConnection | undefined;
  readonly isOfImage: boolean;
}

/** In the order of the profile, which is the binding order at capture; of the image's own, in its binding order. */
export function sourcesOf({ match, profile, options }: PlanRequest): readonly Source[] {
  if (options.sources === "profile") {
    return (profile?.connections ?? []).map((connection) => sourceOfProfile(connection, match.connections));
  }
  return match.connections.filter(isStaticInImage).map(sourceOfImage);
}

/** What could be an orphan's configuration, be it unreadable; what is present or not hardware is told and left as it is. */
function isStaticInImage({ connection }: MatchedConnection): boolean {
  const { settings, hasInterfaceKey } = connection;
  if (!hasInterfaceKey) return false;
  if (settings.ipv6.addresses.length > 0 || unreadableIpv6(settings).length > 0) return true;
  return settings.ipv4.mode === "static" && (settings.ipv4.addresses.length > 0 || hasUnreadableAddress(settings));
}

/** The interface whose NSI records go along to the target, which the image need not have yet; undefined where there is none that gives them up. */
export function formerOf({ own }: Source, target?: MatchedConnection): WindowsConnection | undefined {
  return own === undefined || own === target || own.presence.verdict === "present" ? undefined : own.connection;
}

/** Whether some of the addresses are there but cannot be read: what can be is not the whole. */
export function hasUnreadableAddress({ unreadable = [] }: ConnectionSettings): boolean {
  return unreadable.some(({ name }) => name === IPV4_VALUES.addresses || name === IPV4_VALUES.masks);
}

/** IPv6 records that are there and not understood: those that go along as they stand, and those that stay. */
export function unreadableIpv6({ unreadable = [] }: ConnectionSettings): readonly UnreadableSetting[] {
  return unreadable.filter(({ ipv6Record }) => ipv6Record !== undefined);
}

/** Every MAC address that the source is known by: permanent, current, then the user's own. */
export function allMacs({ macs }: Source): MacAddress[] {
  return [...macs.permanent, ...macs.current, ...macs.user];
}

/** Whether the connection's adapter has one of the source's MAC addresses. */
export function hasMacOf(source: Source, matched: MatchedConnection): boolean {
  const wanted = allMacs(source);
  return macsOfConnection(matched).some((mac) => wanted.includes(mac));
}

/** What the profile says of the connection, as settings. */
export function settingsInProfile(connection: ProfileConnection): ConnectionSettings {
  const { ipv4, ipv6, netbios, raw, dnsOverHttps = {}, adapterSettings } = connection;
  return {
    ipv4,
    ipv6,
    netbios,
    dnsOverHttps: Object.entries(dnsOverHttps).map(([server, values]) => ({ server, values: rawSettings(values) })),
    adapterSettings,
    raw: rawSettings(raw),
  };
}

function rawSettings(values: ProfileConnection["raw"]): RawSetting[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function sourceOfProfile(connection: ProfileConnection, image: readonly MatchedConnection[]): Source {
  const { number, name, guid, mac, adapter, ipv4, ipv6 } = connection;
  const settings = settingsInProfile(connection);
  return {
    end: {
      number,
      name,
      guid,
      mac: mac.permanent ?? mac.current ?? mac.user[0],
      description: adapter?.description,
      addresses: addressTexts(settings),
    },
    number,
    name,
    guid,
    macs: { permanent: listOf(mac.permanent), current: listOf(mac.current), user: mac.user },
    apply: connection.apply,
    note: connection.note,
    settings,
    hasSettings:
      ipv4.mode === "static" ? ipv4.addresses.length + ipv6.addresses.length > 0 : hasSettingsOfItsOwn(connection),
    own: guid === undefined ? undefined : image.find((candidate) => candidate.connection.guid === guid),
    isOfImage: false,
  };
}

function sourceOfImage(own: MatchedConnection): Source {
  const { number, name, guid, mac, adapter, settings } = own.connection;
  return {
    end: {
      number,
      name,
      guid,
      mac: mac.permanent ?? mac.current,
      description: adapter?.description,
      addresses: addressTexts(settings),
    },
    number,
    name,
    guid,
    macs: { permanent: listOf(mac.permanent), current: listOf(mac.current), user: [] },
    apply: "move",
    note: undefined,
    settings,
    hasSettings: true,
    own,
    isOfImage: true,
  };
}

function listOf(mac: MacAddress | undefined): MacAddress[] {
  return mac === undefined ? [] : [mac];
}
