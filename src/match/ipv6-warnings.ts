/** Warns of static IPv6 in NSI of which it cannot be told whose it is: the LUID that names it is nobody's, or several connections'. */
import type { Warning } from "../exit/warning.ts";
import type { Windows, WindowsConnection } from "../windows/model/windows.ts";
import { nameAndGuid } from "./words.ts";

export function ipv6Warnings({ ownerlessIpv6, connections }: Windows): Warning[] {
  return [...ownerlessWarning(ownerlessIpv6), ...sharedWarnings(connections)];
}

function ownerlessWarning(records: Windows["ownerlessIpv6"]): Warning[] {
  if (records.length === 0) return [];
  const list = records.map(({ luid, record, text }) => (text === undefined ? record : `${text} (LUID ${luid})`));
  const message = `There is static IPv6 whose LUID is that of no connection, so that it cannot be told whose it was: ${list.join(", ")}. It is neither moved nor removed: set it by hand on the adapter that is to have it.`;
  return [{ code: "ipv6-without-owner", message }];
}

/** NDIS gives every interface a number of its own. */
function sharedWarnings(connections: readonly WindowsConnection[]): Warning[] {
  const byLuid = new Map<string, WindowsConnection[]>();
  for (const connection of connections) {
    if (connection.luid === undefined) continue;
    byLuid.set(connection.luid, [...(byLuid.get(connection.luid) ?? []), connection]);
  }
  return [...byLuid].flatMap(([luid, sharers]) => {
    if (sharers.length < 2) return [];
    const message = `${sharers.map(nameAndGuid).join(" and ")} have one LUID, ${luid}, and with it the same NSI records: whose their static IPv6 is cannot be told.`;
    return [{ code: "luid-not-unique", message }];
  });
}
