/** What becomes of a saved profile when the Windows that it is of is captured again while it runs. */
import type { Guid } from "../notation/guid.ts";
import { formatProfile } from "./document.ts";
import type { Profile, ProfileConnection } from "./model.ts";

export interface LiveConnection {
  readonly connection: ProfileConnection;
  /** Its adapter is part of the machine now. */
  readonly isPresent: boolean;
}

export type LiveUpdate =
  /** Nothing that matters has changed. */
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "changed";
      readonly profile: Profile;
      /** Static connections whose adapters are gone: they stay in the profile. */
      readonly retained: readonly ProfileConnection[];
    }
  /** The machine looks as after a move: what is saved is what is to be moved, and stays as it is. */
  | { readonly kind: "kept"; readonly lost: readonly ProfileConnection[] };

/**
 * `now` are the connections of `captured`. A static configuration is never given up for the DHCP that a move leaves behind; one that somebody has
 * changed on the same adapter, to DHCP too, or that stands on another adapter now, is taken as it is.
 */
export function updateProfile(former: Profile, captured: Profile, now: readonly LiveConnection[]): LiveUpdate {
  const lost = former.connections.filter((one) => isLost(one, now));
  const known = new Set(former.connections.map(({ guid }) => guid));
  const arrived = now.filter(({ connection, isPresent }) => isPresent && !known.has(connection.guid));
  const settled = arrived.filter(({ connection }) => isStatic(connection));
  // New adapters beside lost addresses: a move. As many new static ones are somebody's answer to it.
  if (lost.length > settled.length && arrived.length > 0) return { kind: "kept", lost };
  const retained = arrived.length > 0 ? [] : lost;
  const profile = merged(former, captured, retained);
  return isSame(former, profile) ? { kind: "unchanged" } : { kind: "changed", profile, retained };
}

/** Neither on its own adapter, in whatever form, nor on another that is there. */
function isLost(one: ProfileConnection, now: readonly LiveConnection[]): boolean {
  if (one.apply !== "move" || !isStatic(one)) return false;
  const present = now.filter(({ isPresent }) => isPresent);
  if (present.some(({ connection }) => connection.guid === one.guid)) return false;
  const there = new Set(present.flatMap(({ connection }) => addressesOf(connection)));
  return !addressesOf(one).every((address) => there.has(address));
}

/** IPv6 has addresses of its own beside DHCP too. */
function isStatic({ ipv4, ipv6 }: ProfileConnection): boolean {
  return ipv4.mode === "static" || ipv6.addresses.length > 0;
}

function addressesOf({ ipv4, ipv6 }: ProfileConnection): string[] {
  return [...ipv4.addresses, ...ipv6.addresses].map(({ address }) => address);
}

/** Captured anew, with what a person has added to the connections that are still the same ones. */
function merged(former: Profile, captured: Profile, retained: readonly ProfileConnection[]): Profile {
  const byGuid = new Map<Guid | undefined, ProfileConnection>(former.connections.map((one) => [one.guid, one]));
  const current = captured.connections.map(
    (connection) =>
      retained.find(({ guid }) => guid !== undefined && guid === connection.guid) ??
      withPersonsWords(connection, connection.guid && byGuid.get(connection.guid)),
  );
  const missing = retained.filter((one) => !current.includes(one));
  const connections = [...current, ...missing].map((connection, index) => ({ ...connection, number: index + 1 }));
  return { ...captured, $schema: former.$schema, connections };
}

/** User-defined MAC addresses, and a choice that comes without the note that capture gives its own. */
function withPersonsWords(connection: ProfileConnection, former: ProfileConnection | undefined): ProfileConnection {
  if (former === undefined) return connection;
  const isPersonsChoice =
    former.note === undefined && former.apply !== connection.apply && former.ipv4.mode === connection.ipv4.mode;
  return {
    ...connection,
    apply: isPersonsChoice ? former.apply : connection.apply,
    mac: { ...connection.mac, user: former.mac.user },
  };
}

/** When and of what Windows it was captured does not matter, nor the notes: a reason why an adapter counts as gone may name the last start. */
function isSame(left: Profile, right: Profile): boolean {
  return settingsText(left) === settingsText(right);
}

function settingsText({ connections }: Profile): string {
  return formatProfile({ pintProfile: 1, connections: connections.map((one) => ({ ...one, note: undefined })) });
}
