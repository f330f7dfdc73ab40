/** Addresses that an adapter is to have: each must be one that a station can have, and no two the same. */
import { jsonPath } from "../../document/problem.ts";
import { isBroadcastAddress, isNetworkAddress } from "../../notation/ipv4.ts";
import type { Ipv4Address } from "../../windows/model/settings.ts";
import type { ConnectionDraft } from "../draft.ts";
import { type Finding, repeated } from "./finding.ts";

/** More than any server has, and few enough to compare each gateway with each address. */
const MAX_ADDRESS_COUNT = 4096;
export const MAX_GATEWAY_COUNT = 64;

export function listsAreShort(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter(({ apply }) => apply !== "skip")
    .flatMap(({ path, writtenAddressCount, gateways }) => [
      ...(writtenAddressCount > MAX_ADDRESS_COUNT ? [tooMany([...path, "ipv4", "addresses"], MAX_ADDRESS_COUNT)] : []),
      ...(gateways.length > MAX_GATEWAY_COUNT ? [tooMany([...path, "ipv4", "gateways"], MAX_GATEWAY_COUNT)] : []),
    ]);
}

function tooMany(path: Finding["path"], count: number): Finding {
  return { path, message: `must have at most ${count} items` };
}

/** Only what is moved is judged: an orphan may hold the address that its successor has, and keeps it in the document. */
export function addressesAreUsable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts.filter(isStaticAndMoved).flatMap((draft) =>
    draft.addresses.flatMap(({ value, path }) => {
      const why = whyNoStationHas(value.address) ?? whyNotIn(value);
      const message = `${value.address}/${value.prefixLength} ${why}: write the adapter's own address and its mask`;
      return why === undefined ? [] : [{ path, message }];
    }),
  );
}

export function addressesAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  const addresses = drafts.filter(isStaticAndMoved).flatMap((draft) => draft.addresses);
  return repeated(addresses, ({ address }) => address).map(({ item, first }) => ({
    path: item.path,
    message: `${item.value.address} is a duplicate of ${jsonPath(first.path)}: remove one, or say "apply": "skip" for one of the connections`,
  }));
}

export function staticHasAddress(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter((draft) => isStaticAndMoved(draft) && draft.writtenAddressCount === 0)
    .map(({ path, gateways }) => ({
      path: [...path, "ipv4", "addresses"],
      message: `a static connection ${gateways.length > 0 ? "with a gateway " : ""}must have an address: add one, or say "mode": "dhcp"`,
    }));
}

export function dhcpHasNoAddress(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter(({ apply, mode, writtenAddressCount }) => apply !== "skip" && mode === "dhcp" && writtenAddressCount > 0)
    .map(({ path }) => ({
      path: [...path, "ipv4", "addresses"],
      message: 'a DHCP connection has no addresses of its own: remove them, or say "mode": "static"',
    }));
}

export function isStaticAndMoved({ apply, mode }: ConnectionDraft): boolean {
  return apply === "move" && mode === "static";
}

/** By the special ranges of RFC 6890 that no adapter can be given; undefined for every other address. */
export function whyNoStationHas(address: string): string | undefined {
  const first = Number(address.split(".")[0]);
  if (first === 0) return "is in 0.0.0.0/8, which means this network";
  if (first === 127) return "is a loopback address";
  if (first >= 224 && first <= 239) return "is a multicast address";
  if (address === "255.255.255.255") return "is the broadcast address";
  return first >= 240 ? "is in 240.0.0.0/4, which is reserved" : undefined;
}

function whyNotIn({ address, prefixLength }: Ipv4Address): string | undefined {
  if (prefixLength === 0) return "has no network: a mask of 0.0.0.0 is none";
  if (isNetworkAddress(address, prefixLength)) return "is the address of the network itself";
  return isBroadcastAddress(address, prefixLength) ? "is the broadcast address of its network" : undefined;
}
