/** All rules of a profile, in the order in which their findings are told. */
import type { ConnectionDraft } from "../draft.ts";
import {
  addressesAreDifferent,
  addressesAreUsable,
  dhcpHasNoAddress,
  listsAreShort,
  staticHasAddress,
} from "./addresses.ts";
import type { Finding, Rule } from "./finding.ts";
import { gatewaysAreDifferent, gatewaysAreReachable, gatewaysAreUsable } from "./gateways.ts";
import {
  connectionsAreCountable,
  guidsAreDifferent,
  namesAreDifferent,
  numbersAreDifferent,
  userMacsAreDifferent,
} from "./identity.ts";
import {
  ipv6AddressesAreDifferent,
  ipv6AddressesAreUsable,
  ipv6GatewaysAreUsable,
  ipv6ListsAreShort,
  ipv6RoutesAreUsable,
} from "./ipv6.ts";
import {
  dnsSuffixIsName,
  ipv6ServersAreUsable,
  netbiosOptionIsKnown,
  nothingIsLeftOut,
  rawNamesAreFree,
  serversAreDifferent,
  serversAreUsable,
} from "./values.ts";

const RULES: readonly Rule[] = [
  connectionsAreCountable,
  numbersAreDifferent,
  namesAreDifferent,
  guidsAreDifferent,
  userMacsAreDifferent,
  listsAreShort,
  staticHasAddress,
  dhcpHasNoAddress,
  addressesAreUsable,
  addressesAreDifferent,
  gatewaysAreUsable,
  gatewaysAreDifferent,
  gatewaysAreReachable,
  ipv6ListsAreShort,
  ipv6AddressesAreUsable,
  ipv6AddressesAreDifferent,
  ipv6GatewaysAreUsable,
  ipv6RoutesAreUsable,
  serversAreUsable,
  ipv6ServersAreUsable,
  serversAreDifferent,
  dnsSuffixIsName,
  netbiosOptionIsKnown,
  rawNamesAreFree,
  nothingIsLeftOut,
];

/** Everything the rules have to say of these connections. */
export function findingsOf(drafts: readonly ConnectionDraft[]): readonly Finding[] {
  return RULES.flatMap((rule) => rule(drafts));
}
