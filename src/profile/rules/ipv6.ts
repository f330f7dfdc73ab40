/** IPv6 addresses, gateways and routes: each must be one that an adapter can have, and none twice. */
import { jsonPath } from "../../document/problem.ts";
import { isIpv6NetworkAddress, isLinkLocal, isSameIpv6Network, whyNoIpv6Station } from "../../notation/ipv6.ts";
import type { Ipv6Address, Ipv6Route } from "../../windows/model/settings.ts";
import type { ConnectionDraft } from "../draft.ts";
import { type Finding, repeated } from "./finding.ts";

/** More than any server has, and few enough to compare each gateway with each address. */
const MAX_COUNT = 4096;

export function ipv6ListsAreShort(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter(({ apply }) => apply !== "skip")
    .flatMap(({ path, ipv6 }) =>
      (["addresses", "gateways", "routes"] as const)
        .filter((name) => ipv6[name].length > MAX_COUNT)
        .map((name) => ({ path: [...path, "ipv6", name], message: `must have at most ${MAX_COUNT} items` })),
    );
}

/** They need no IPv4 that is static: each is configured for itself. */
export function ipv6AddressesAreUsable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return moved(drafts).flatMap(({ ipv6 }) =>
    ipv6.addresses.flatMap(({ value, path }): Finding[] => {
      const { address, prefixLength } = value;
      const text = `${address}/${prefixLength}`;
      const why = whyNoAdapterHas(value);
      if (why !== undefined) return [{ path, message: `${text} ${why}` }];
      if (prefixLength > 126 || !isIpv6NetworkAddress(value)) return [];
      const message = `${text} is the address that means any router of its network`;
      return [{ path, warning: "address-is-anycast", message }];
    }),
  );
}

function whyNoAdapterHas({ address, prefixLength }: Ipv6Address): string | undefined {
  const why = whyNoIpv6Station(address);
  if (why !== undefined) return `${why}: write the adapter's own address`;
  if (isLinkLocal(address)) return "is a link-local address, of which every adapter makes its own: remove it";
  return prefixLength === 0 ? "has no network: write its prefix length, like 64" : undefined;
}

export function ipv6AddressesAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  const addresses = moved(drafts).flatMap(({ ipv6 }) => ipv6.addresses);
  return repeated(addresses, ({ address }) => address).map(({ item, first }) => ({
    path: item.path,
    message: `${item.value.address} is a duplicate of ${jsonPath(first.path)}: remove one, or say "apply": "skip" for one of the connections`,
  }));
}

/** A link-local gateway is the usual one. */
export function ipv6GatewaysAreUsable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return moved(drafts).flatMap(({ ipv6: { addresses, gateways } }) => [
    ...gateways.flatMap(({ value: { address }, path }) => {
      const why = whyNoIpv6Station(address);
      if (why !== undefined) return [{ path, message: `${address} ${why}: write the router's own address` }];
      const own = addresses.map(({ value }) => value);
      return gatewayDoubts(address, own).map((doubt) => ({ path, ...doubt }));
    }),
    ...repeated(gateways, ({ address }) => address).map(({ item }) => ({
      path: item.path,
      message: `${item.value.address} is there twice: remove one`,
    })),
  ]);
}

function gatewayDoubts(address: string, own: readonly Ipv6Address[]): Omit<Finding, "path">[] {
  if (own.some((mine) => mine.address === address))
    return [{ warning: "gateway-is-own-address", message: `the gateway ${address} is the connection's own address` }];
  if (isLinkLocal(address) || own.length === 0 || own.length > MAX_COUNT) return [];
  if (own.some((mine) => isSameIpv6Network(mine.address, address, mine.prefixLength))) return [];
  const networks = own.map((mine) => `${mine.address}/${mine.prefixLength}`).join(", ");
  const message = `the gateway ${address} is outside the subnet of ${networks}`;
  return [{ warning: "gateway-outside-subnet", message }];
}

export function ipv6RoutesAreUsable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return moved(drafts).flatMap(({ ipv6: { routes } }) => [
    ...routes.flatMap(({ value, path }) => {
      const found = whyNoRoute(value);
      return found === undefined ? [] : [{ path: [...path, found.field], message: found.message }];
    }),
    ...repeated(routes, ({ prefix, prefixLength, nextHop }) => `${prefix}/${prefixLength} ${nextHop}`).map(
      ({ item: { value, path } }) => ({
        path,
        message: `${value.prefix}/${value.prefixLength} by ${value.nextHop} is there twice: remove one`,
      }),
    ),
  ]);
}

function whyNoRoute({
  prefix,
  prefixLength,
  nextHop,
}: Ipv6Route): { readonly field: "prefix" | "nextHop"; readonly message: string } | undefined {
  const text = `${prefix}/${prefixLength}`;
  if (prefixLength === 0)
    return { field: "prefix", message: `${text} is the default route: write its next hop under gateways` };
  if (!isIpv6NetworkAddress({ address: prefix, prefixLength }))
    return { field: "prefix", message: `${text} has more bits than its length: write zeros behind it` };
  if (whyNoIpv6Station(prefix) === "is a multicast address")
    return { field: "prefix", message: `${text} is a multicast prefix, whose routes Windows makes itself: remove it` };
  const why = nextHop === "::" ? undefined : whyNoIpv6Station(nextHop);
  return why === undefined
    ? undefined
    : { field: "nextHop", message: `${nextHop} ${why}: write the router's own address` };
}

function moved(drafts: readonly ConnectionDraft[]): readonly ConnectionDraft[] {
  return drafts.filter(({ apply }) => apply === "move");
}
