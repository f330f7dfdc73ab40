/** Other settings: servers, DNS suffix, NetBIOS option, and values that have no place in `raw`. */
import { whyNoIpv6Station } from "../../notation/ipv6.ts";
import { IPV4_VALUES, isRuntimeValue } from "../../windows/settings/interface-values.ts";
import type { ConnectionDraft } from "../draft.ts";
import { whyNoStationHas } from "./addresses.ts";
import { type Finding, repeated } from "./finding.ts";

/** A server may be the machine itself (127.0.0.1), as on every domain controller. */
export function serversAreUsable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter(({ apply }) => apply === "move")
    .flatMap(({ servers }) => [...servers.DNS, ...servers.WINS])
    .flatMap(({ value, path }) => {
      const why = value.startsWith("127.") ? undefined : whyNoStationHas(value);
      return why === undefined ? [] : [{ path, message: `${value} ${why}: write the server's own address` }];
    });
}

/**
 * Only a warning, for a captured connection is not to stay behind for it. Any other address may be a server's: the machine's own (::1), those that Windows
 * takes unasked (fec0:0:0:ffff::1 to 3), and a link-local one, which is meant on the connection's own link; that Windows asks it there is not confirmed.
 */
export function ipv6ServersAreUsable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter(({ apply }) => apply === "move")
    .flatMap(({ servers }) => servers["IPv6 DNS"])
    .flatMap(({ value, path }) => {
      const why = whyNoIpv6Server(value);
      return why === undefined ? [] : [{ path, warning: "server-is-no-station", message: `${value} ${why}` }];
    });
}

function whyNoIpv6Server(address: string): string | undefined {
  const why = address === "::1" ? undefined : whyNoIpv6Station(address);
  if (why !== undefined) return `${why}: no DNS server answers there, write the server's own address`;
  if (!address.includes("%")) return undefined;
  return "has a zone, which is the number of an adapter of one machine: write the address without it";
}

/** Only a warning: Windows asks the same server twice, and nothing else comes of it. */
export function serversAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts.flatMap(({ servers }) =>
    Object.entries(servers).flatMap(([kind, list]) =>
      repeated(list, String).map(({ item }) => ({
        path: item.path,
        warning: "duplicate-server",
        message: `the ${kind} server ${item.value} is there twice`,
      })),
    ),
  );
}

/** One name: what separates names, or could not stand in one, is refused; Active Directory has more letters than RFC 1123. */
export function dnsSuffixIsName(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts.flatMap(({ apply, dnsSuffix }) => {
    if (apply !== "move" || dnsSuffix === undefined) return [];
    if (dnsSuffix.value.length <= 255 && /^[^\s\p{Cc},;:/\\"']+$/u.test(dnsSuffix.value)) return [];
    return [
      {
        path: dnsSuffix.path,
        message: `${JSON.stringify(dnsSuffix.value)} is not one DNS suffix: write it like example.net, or leave the field out`,
      },
    ];
  });
}

export function netbiosOptionIsKnown(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts.flatMap(({ apply, netbiosOption }) => {
    if (apply !== "move" || netbiosOption === undefined || [0, 1, 2].includes(netbiosOption.value)) return [];
    return [
      { path: netbiosOption.path, message: `must be 0 (as DHCP says), 1 (on) or 2 (off), not ${netbiosOption.value}` },
    ];
  });
}

/** Two places for one value would contradict each other, and what a lease left behind must not travel. */
export function rawNamesAreFree(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  const said = new Set(Object.values(IPV4_VALUES).map((name) => name.toLowerCase()));
  return drafts.flatMap(({ rawNames }) => [
    ...rawNames.flatMap(({ value, path }) => {
      if (said.has(value.toLowerCase()))
        return [{ path, message: "has a field of its own under ipv4: use that, and remove it here" }];
      if (value === "") return [{ path, message: "has no name: an interface key has no default value" }];
      return isRuntimeValue(value)
        ? [{ path, message: "belongs to a DHCP lease or a running Windows: remove it" }]
        : [];
    }),
    ...repeated(rawNames, (name) => name.toLowerCase()).map(({ item }) => ({
      path: item.path,
      message: "is there twice; value names have no case: remove one",
    })),
  ]);
}

/** Only a warning, but one that every run repeats until a person has removed the field: part of the configuration is missing. */
export function nothingIsLeftOut(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter(({ apply }) => apply === "move")
    .flatMap(({ leftOut }) =>
      leftOut.map(({ value, path }) => ({
        path,
        warning: "left-out-at-capture",
        message: `capture could not read everything, and this is not moved: ${value}`,
      })),
    );
}
