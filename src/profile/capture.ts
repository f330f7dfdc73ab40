/** Makes a profile of an image: what its physical connections have, ready to be moved and to be edited. */
import type { Guid } from "../notation/guid.ts";
import { addressText } from "../notation/ipv4.ts";
import { isStationMac, type MacAddress } from "../notation/mac.ts";
import type { RegistryData } from "../notation/registry-data.ts";
import type { ConnectionSettings } from "../windows/model/settings.ts";
import type { Windows, WindowsAdapter, WindowsConnection, WindowsVersion } from "../windows/model/windows.ts";
import { applyOf } from "./defaults.ts";
import { draftOf } from "./draft.ts";
import type { ApplyChoice, Profile, ProfileConnection } from "./model.ts";
import type { Finding } from "./rules/finding.ts";
import { findingsOf } from "./rules/index.ts";

export interface OrphanVerdict {
  readonly orphan: boolean;
  /** In words. */
  readonly reason: string;
}

export interface CaptureContext {
  readonly now: Date;
  /** Where the image is, for the reader of the document. */
  readonly from: string;
}

type Unnumbered = Omit<ProfileConnection, "number">;

/** One connection as a profile would have it, whatever its adapter is; it may hold what no profile may. */
export function connectionOf(connection: WindowsConnection): Unnumbered {
  return captureConnection(connection, { orphan: false, reason: "" });
}

/**
 * Every physical connection that Tcpip is bound to, and every static one of a team or a virtual switch, in the order of the model, those that are orphans already last.
 * What cannot be moved is captured too, as "skip" with a note that says why: the result is always a valid document.
 */
export function captureProfile(
  windows: Windows,
  orphanOf: (guid: Guid) => OrphanVerdict,
  { now, from }: CaptureContext,
): Profile {
  const captured = windows.connections
    .filter(isCaptured)
    .map((connection) => ({ connection, orphan: orphanOf(connection.guid) }));
  const inOrder = [
    ...captured.filter(({ orphan }) => !orphan.orphan),
    ...captured.filter(({ orphan }) => orphan.orphan),
  ];
  const connections = inOrder.map(({ connection, orphan }) => captureConnection(connection, orphan));
  return {
    pintProfile: 1,
    captured: {
      computerName: windows.computerName,
      windows: versionText(windows.version),
      at: now.toISOString(),
      from,
    },
    connections: skipConflicting(connections).map((connection, index) => ({ number: index + 1, ...connection })),
  };
}

/** A team or switch that has been told nothing is made anew, with DHCP, by whoever makes it anew. */
function isCaptured({ adapter, settings }: WindowsConnection): boolean {
  if (adapter === undefined) return false;
  return adapter.physical ? adapter.boundToTcpip : adapter.foundation !== undefined && settings.ipv4.mode === "static";
}

function captureConnection(connection: WindowsConnection, orphan: OrphanVerdict): Unnumbered {
  const { guid, name, adapter, mac, settings } = connection;
  const { ipv4, unused } = ipv4Of(settings);
  const { raw, refused } = rawOf(settings);
  const captured = {
    name,
    ipv4,
    ipv6: settings.ipv6,
    netbios: settings.netbios,
    dnsOverHttps: dnsOverHttpsOf(settings),
    adapterSettings: settings.adapterSettings?.length === 0 ? undefined : settings.adapterSettings,
    mac: { user: [], permanent: usableMac(mac.permanent), current: usableMac(mac.current) },
    adapter: adapter && adapterOf(adapter),
    guid,
    raw,
    nsiRecords: nsiRecordsOf(settings),
    leftOut: [...(settings.unreadable ?? []).map((value) => `${value.name} ${value.reason}`), ...refused],
  };
  const { apply, why } = choiceFor(captured, connection, orphan);
  return { ...captured, apply, note: joined(...why, unused) };
}

/** An orphan is skipped, as PINT did not see it either; so is Wi-Fi, whose settings an Ethernet adapter must not get by order. */
function choiceFor(
  captured: Omit<Unnumbered, "apply">,
  { adapter }: WindowsConnection,
  { orphan, reason }: OrphanVerdict,
): { readonly apply: ApplyChoice; readonly why: readonly string[] } {
  if (orphan) return { apply: "skip", why: [`an orphan when it was captured: ${reason}`] };
  const apply = applyOf(captured, captured.ipv4.mode);
  if (apply === "move" && adapter?.kind === "wifi") return { apply: "skip", why: ["a Wi-Fi connection"] };
  if (apply === "move" && adapter?.kind === "management-controller")
    return { apply: "skip", why: ["the line to the server's management controller"] };
  const errors = findingsOf([draftOf({ ...captured, apply }, [])]).filter(({ warning }) => warning === undefined);
  return errors.length === 0 ? { apply, why: [] } : { apply: "skip", why: errors.map(({ message }) => message) };
}

/** Addresses that Windows does not use while DHCP is on are no settings; the note tells of them. */
function ipv4Of({ ipv4 }: ConnectionSettings): { readonly ipv4: ProfileConnection["ipv4"]; readonly unused?: string } {
  if (ipv4.mode === "static" || ipv4.addresses.length === 0) return { ipv4 };
  const addresses = ipv4.addresses.map(addressText);
  return { ipv4: { ...ipv4, addresses: [] }, unused: `not used while DHCP is on: ${addresses.join(", ")}` };
}

/** Value names have no case, so that a sound hive has each once; and no document can hold a member that is called __proto__. */
function rawOf({ raw }: ConnectionSettings): {
  readonly raw: ProfileConnection["raw"];
  readonly refused: readonly string[];
} {
  const seen = new Set(["__proto__"]);
  const kept: (readonly [string, RegistryData])[] = [];
  const refused: string[] = [];
  for (const { name, value } of raw) {
    if (seen.has(name.toLowerCase())) refused.push(`another value with the name ${name}`);
    else kept.push([name, value]);
    seen.add(name.toLowerCase());
  }
  return { raw: Object.fromEntries(kept), refused };
}

function nsiRecordsOf({ nsiRecords = [] }: ConnectionSettings): ProfileConnection["nsiRecords"] {
  if (nsiRecords.length === 0) return undefined;
  return Object.fromEntries(nsiRecords.map(({ name, value }) => [name, value]));
}

function dnsOverHttpsOf({ dnsOverHttps = [] }: ConnectionSettings): ProfileConnection["dnsOverHttps"] {
  if (dnsOverHttps.length === 0) return undefined;
  return Object.fromEntries(
    dnsOverHttps.map(({ server, values }) => [
      server,
      Object.fromEntries(values.filter(({ name }) => name !== "__proto__").map(({ name, value }) => [name, value])),
    ]),
  );
}

function adapterOf({
  description,
  hardwareIds,
  instanceId,
  location,
}: WindowsAdapter): NonNullable<ProfileConnection["adapter"]> {
  return { description, hardwareIds, instanceId, location };
}

/** An address that no adapter can have (zeros before the first start) says nothing. */
function usableMac(mac: MacAddress | undefined): MacAddress | undefined {
  return mac !== undefined && isStationMac(mac) ? mac : undefined;
}

/** Two connections that could not both be moved: the later one is skipped, and says why. */
function skipConflicting(connections: readonly Unnumbered[]): readonly Unnumbered[] {
  const findings = findingsOf(connections.map((connection, index) => draftOf(connection, ["connections", index])));
  const errors = findings.filter(({ warning }) => warning === undefined);
  const firstErrors = new Map(errors.toReversed().map((error) => [error.path[1], error]));
  return connections.map((connection, index) => {
    const error = firstErrors.get(index);
    return error === undefined ? connection : skipped(connection, error);
  });
}

/** A GUID that another connection has (in a hive with two class keys for one interface) would not tell it apart even then. */
function skipped(connection: Unnumbered, { path, message }: Finding): Unnumbered {
  const guid = path.at(-1) === "guid" ? undefined : connection.guid;
  return { ...connection, guid, apply: "skip", note: joined(connection.note, message) };
}

function joined(...notes: readonly (string | undefined)[]): string | undefined {
  return notes.filter((note) => note !== undefined).join("; ") || undefined;
}

function versionText({ version, build, productType }: WindowsVersion): string {
  const details = [build === undefined ? undefined : `build ${build}`, productType].filter(
    (detail) => detail !== undefined,
  );
  return details.length === 0 ? version : `${version} (${details.join(", ")})`;
}
