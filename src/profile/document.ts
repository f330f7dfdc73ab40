/** The profile document: from its text and back. */
import { formatDocument } from "../document/format.ts";
import { parseDocument } from "../document/parse.ts";
import { type DocumentWarning, placeIn } from "../document/problem.ts";
import type { DocumentText } from "../document/text.ts";
import { applyOf, modeOf } from "./defaults.ts";
import { draftsOf } from "./draft.ts";
import type { Profile, ProfileConnection } from "./model.ts";
import { findingsOf } from "./rules/index.ts";
import { profileSchema } from "./schema.ts";

export interface ParsedProfile {
  readonly profile: Profile;
  readonly warnings: readonly DocumentWarning[];
}

/**
 * Reads a profile, by whoever it was written: every notation, every default. `text` is the file's content, as text or bytes.
 * Throws DocumentFailure ("invalidDocument") that names everything that is wrong; `path` is for messages.
 */
export function parseProfile(text: DocumentText, path: string): ParsedProfile {
  const warnings: DocumentWarning[] = [];
  const written = parseDocument(profileSchema, text, path, {
    kind: "profile",
    examine: (document) => {
      const findings = findingsOf(draftsOf(document));
      for (const { path: at, message, warning } of findings) {
        if (warning !== undefined) warnings.push({ code: warning, at: placeIn(path, at), message });
      }
      return findings.filter(({ warning }) => warning === undefined);
    },
  });
  if (written.connections.length === 0) {
    warnings.push({
      code: "empty-profile",
      at: placeIn(path, ["connections"]),
      message: "the profile has no connections: it changes nothing",
    });
  }
  return { profile: { ...written, connections: completedConnections(written.connections) }, warnings };
}

/** Stable: the same profile gives the same text, what a person edits comes first, and parsing it gives the same profile. */
export function formatProfile(profile: Profile): string {
  const { $schema, captured, connections } = profile;
  return formatDocument("profile", { $schema, captured, connections: connections.map(connectionInOrder) });
}

type WrittenConnection = ReturnType<typeof profileSchema.parse>["connections"][number];

/** With the defaults of what a person may leave out; a connection without a number gets the smallest that no other has. */
export function completedConnections(connections: readonly WrittenConnection[]): readonly ProfileConnection[] {
  const taken = new Set(connections.map(({ number }) => number));
  let free = 0;
  const nextFree = (): number => {
    do free += 1;
    while (taken.has(free));
    return free;
  };
  return connections.map((connection) => {
    const mode = modeOf(connection.ipv4);
    return {
      ...connection,
      number: connection.number ?? nextFree(),
      apply: applyOf(connection, mode),
      ipv4: { ...connection.ipv4, mode },
    };
  });
}

/** The members in the order in which a document holds them. */
export function connectionInOrder(connection: ProfileConnection): object {
  const { number, name, apply, note, ipv4, ipv6, netbios, mac, adapter, guid, leftOut, raw } = connection;
  const { dnsOverHttps, adapterSettings, nsiRecords } = connection;
  const { mode, addresses, gateways, dnsServers, dnsSuffix, interfaceMetric, mtu } = ipv4;
  return {
    number,
    name,
    apply,
    note,
    leftOut: leftOut?.length === 0 ? undefined : leftOut,
    ipv4: {
      mode,
      addresses: addresses.map(({ address, prefixLength }) => ({ address, prefixLength })),
      gateways: gateways.map(({ address, metric }) => ({ address, metric })),
      dnsServers,
      dnsSuffix,
      interfaceMetric,
      mtu,
    },
    ipv6: ipv6InOrder(ipv6),
    netbios: { option: netbios.option, winsServers: netbios.winsServers },
    dnsOverHttps,
    adapterSettings: adapterSettings?.map(({ kind, name, text }) => ({ kind, name, text })),
    mac: { user: mac.user, permanent: mac.permanent, current: mac.current },
    adapter: adapter && {
      description: adapter.description,
      hardwareIds: adapter.hardwareIds,
      instanceId: adapter.instanceId,
      location: adapter.location && {
        bus: adapter.location.bus,
        device: adapter.location.device,
        function: adapter.location.function,
      },
    },
    guid,
    raw: Object.keys(raw).length === 0 ? undefined : raw,
    nsiRecords,
  };
}

function ipv6InOrder({ dhcp, addresses, gateways, routes, dnsServers }: ProfileConnection["ipv6"]): object {
  return {
    dhcp,
    addresses: addresses.map(({ address, prefixLength }) => ({ address, prefixLength })),
    gateways: gateways.map(({ address, metric }) => ({ address, metric })),
    routes: routes.map(({ prefix, prefixLength, nextHop, metric }) => ({ prefix, prefixLength, nextHop, metric })),
    dnsServers,
  };
}
