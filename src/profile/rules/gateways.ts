/** Gateways: each a station's address, none twice; one that the adapter cannot reach directly is worth a warning. */
import { isBroadcastAddress, isNetworkAddress, isSameNetwork } from "../../notation/ipv4.ts";
import type { Ipv4Address, Ipv4Gateway } from "../../windows/model/settings.ts";
import type { ConnectionDraft, Placed } from "../draft.ts";
import { isStaticAndMoved, MAX_GATEWAY_COUNT, whyNoStationHas } from "./addresses.ts";
import { type Finding, repeated } from "./finding.ts";

/** Windows takes a gateway beside DHCP too: what it says then counts more than the gateway that DHCP gives. */
export function gatewaysAreUsable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return moved(drafts).flatMap(({ gateways }) =>
    gateways.flatMap(({ value: { address }, path }) => {
      const why = whyNoStationHas(address);
      return why === undefined ? [] : [{ path, message: `${address} ${why}: write the router's own address` }];
    }),
  );
}

export function gatewaysAreDifferent(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return moved(drafts).flatMap(({ gateways }) =>
    repeated(gateways, ({ address }) => address).map(({ item }) => ({
      path: item.path,
      message: `${item.value.address} is there twice: remove one`,
    })),
  );
}

/** Only a warning: with a /32 at some providers, or a route of its own, it is right. */
export function gatewaysAreReachable(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return drafts
    .filter(
      (draft) =>
        draft.gateways.length <= MAX_GATEWAY_COUNT &&
        isStaticAndMoved(draft) &&
        draft.addresses.length > 0 &&
        draft.addresses.length === draft.writtenAddressCount,
    )
    .flatMap((draft) =>
      draft.gateways.flatMap((gateway) =>
        doubtOf(
          gateway,
          draft.addresses.map(({ value }) => value),
        ),
      ),
    );
}

function doubtOf({ value: { address }, path }: Placed<Ipv4Gateway>, own: readonly Ipv4Address[]): readonly Finding[] {
  if (whyNoStationHas(address) !== undefined) return [];
  const near = own.find((mine) => isSameNetwork(mine.address, address, mine.prefixLength));
  if (near === undefined) {
    const networks = own.map((mine) => `${mine.address}/${mine.prefixLength}`).join(", ");
    return [
      {
        path,
        warning: "gateway-outside-subnet",
        message: `the gateway ${address} is outside the subnet of ${networks}`,
      },
    ];
  }
  if (own.some((mine) => mine.address === address)) {
    return [
      { path, warning: "gateway-is-own-address", message: `the gateway ${address} is the connection's own address` },
    ];
  }
  if (!isNetworkAddress(address, near.prefixLength) && !isBroadcastAddress(address, near.prefixLength)) return [];
  const message = `the gateway ${address} is the network or broadcast address of ${near.address}/${near.prefixLength}`;
  return [{ path, warning: "gateway-is-no-station", message }];
}

function moved(drafts: readonly ConnectionDraft[]): readonly ConnectionDraft[] {
  return drafts.filter(({ apply }) => apply === "move");
}
