/** Reads which IPv4 routes NSI keeps of an interface beside its default routes: no setting says them, and they go by its LUID alone. */
import { fromHex } from "../../bytes/hex.ts";
import type { Key } from "../../regf/index.ts";
import { inControlSet, NSI_IPV4_ROUTES_KEY } from "../registry-paths.ts";
import { isDefaultRoute, ROUTE_NAME } from "../write/nsi-ipv4-names.ts";
import { recordsOf } from "./nsi-record.ts";

/** In words, `172.16.0.0/12 by 10.0.0.2`, each once. `luid` is undefined before Vista and for an interface without an adapter: then nothing is found. Throws HiveError. */
export function ipv4RouteTexts(root: Key, controlSet: number, luid: string | undefined): readonly string[] {
  if (luid === undefined) return [];
  const names = recordsOf(root.open(inControlSet(controlSet, NSI_IPV4_ROUTES_KEY))).map(({ name }) => name);
  return [...new Set(names.filter((name) => !isDefaultRoute(name)).flatMap((name) => textOf(name, luid)))];
}

function textOf(name: string, luid: string): string[] {
  const [, , prefix = "", length = "", , first = "", second = "", nextHop = ""] = ROUTE_NAME.exec(name) ?? [];
  if (![first, second].some((owner) => owner.toLowerCase() === luid.toLowerCase())) return [];
  return [`${dotted(prefix)}/${Number.parseInt(length, 16)} by ${dotted(nextHop)}`];
}

/** `0a033a05` as `10.3.58.5`. */
function dotted(hex: string): string {
  return [...(fromHex(hex) ?? [])].join(".");
}
