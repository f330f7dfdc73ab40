/** Interfaces that something else has given an address since the writing was cut short: nothing of them is taken back. */
import { upcase } from "../../bytes/upcase.ts";
import type { Warning } from "../../exit/warning.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Key } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import { isSameData } from "../../windows/registry-data.ts";
import { TCPIP_INTERFACES_KEY } from "../../windows/registry-paths.ts";
import { netOf, valuePlace } from "../writing/net.ts";
import { valueAt } from "../writing/standing.ts";

/** What is to be taken back of each round, and what is told of the rest. */
export interface WithoutLeft {
  readonly rounds: readonly (readonly Change[])[];
  readonly left: readonly Warning[];
}

interface Addresses {
  readonly key: string;
  readonly name: string;
  /** What stood there before a round, and what one meant. */
  readonly known: (RegistryData | null)[];
}

/**
 * An IPAddress that is neither as it was nor as a round meant it is somebody's own setting: the other values of that interface below Services, though
 * they are as a round wrote them (EnableDHCP=0), belong to it now. Its name and its records in Control\Nsi are taken back where they stand: the
 * one could be another's by now, the others are addresses of ours. Throws HiveError.
 */
export function withoutLeft(root: Key, rounds: readonly (readonly Change[])[]): WithoutLeft {
  const others = addressesIn(rounds).filter(({ key, name, known }) => {
    const now = valueAt(root, key, name);
    return root.open(key) !== undefined && !known.some((one) => isSameData(one, now));
  });
  const guids = others.map(({ key }) => upcase(guidIn(key) ?? ""));
  const isLeft = ({ key }: Change): boolean =>
    upcase(key).includes("\\SERVICES\\") && guids.some((guid) => upcase(key).includes(guid));
  return {
    rounds: rounds.map((changes) => changes.filter((change) => !isLeft(change))),
    left: others.map(({ key, name }) => ({ code: "left-as-it-is", message: leftText(key, valueAt(root, key, name)) })),
  };
}

function addressesIn(rounds: readonly (readonly Change[])[]): readonly Addresses[] {
  const found = new Map<string, Addresses>();
  for (const { key, name, was, meant } of rounds.flatMap((changes) => netOf(changes).values)) {
    if (upcase(name) !== "IPADDRESS" || guidIn(key) === undefined) continue;
    const place = valuePlace(key, name);
    const addresses = found.get(place) ?? { key, name, known: [] };
    addresses.known.push(was, meant);
    found.set(place, addresses);
  }
  return [...found.values()];
}

/** Of an interface's own key, not of those below it. */
function guidIn(key: string): string | undefined {
  const above = upcase(`\\${TCPIP_INTERFACES_KEY}\\`);
  const at = upcase(key).indexOf(above);
  const guid = at < 0 ? "" : key.slice(at + above.length);
  return /^\{[^\\]+\}$/.test(guid) ? guid : undefined;
}

function leftText(key: string, now: RegistryData | null): string {
  const what =
    now === null ? "its address has gone" : `something else has set its address (${[now.data].flat().join(", ")})`;
  return `${key}: since an earlier start was cut short ${what}; it is left as it is now, and what that start wrote of it is not taken back`;
}
