/** What a receipt's changes and a hive have below the service's key of a first boot. */
import type { Key } from "../../regf/index.ts";
import { readService, SERVICE_KEY } from "../../firstboot/service.ts";
import type { Change } from "../../windows/model/change.ts";
import { registryData } from "../../windows/registry-data.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { keyPlace, valuePlace } from "../writing/net.ts";

const SERVICE_PLACE = keyPlace(SERVICE_KEY);

/** The service's key of whatever control set, or a key below it. */
export function isServiceKey(key: string): boolean {
  return `${keyPlace(key).replace(/^CONTROLSET\d{3}\\/, "")}\\`.startsWith(`${SERVICE_PLACE}\\`);
}

/** The service's own keys that a run has made: where there are any, its undo leaves none. */
export function madeServices(changes: readonly Change[]): readonly string[] {
  return changes.flatMap(({ kind, key }) =>
    kind === "create-key" && isServiceKey(key) && keyPlace(key).endsWith(SERVICE_PLACE) ? [key] : [],
  );
}

/**
 * The changes of a run, and as if it had made them, what the finisher has put below the service's key since (its count of
 * attempts): with the service that goes too. Of a service that the run had made itself, and that is still of that arrangement.
 */
export function changesWithService(root: Key, { changes, firstBoot }: Receipt): readonly Change[] {
  if (firstBoot === undefined) return changes;
  const made = new Set(
    changes.map((change) => ("name" in change ? valuePlace(change.key, change.name) : keyPlace(change.key))),
  );
  const since = madeServices(changes).flatMap((service) => {
    const key = root.open(service);
    const isOfThis =
      key !== undefined &&
      readService(root.open(service.slice(0, -SERVICE_KEY.length - 1)) ?? root)?.id === firstBoot.id;
    return isOfThis ? [...everythingIn(key, service, made)] : [];
  });
  return [...changes, ...since];
}

function* everythingIn(key: Key, path: string, made: ReadonlySet<string>): Generator<Change> {
  for (const value of key.values()) {
    if (made.has(valuePlace(path, value.name))) continue;
    yield { kind: "set-value", key: path, name: value.name, ...registryData(value), was: null };
  }
  for (const subkey of key.subkeys()) {
    const below = `${path}\\${subkey.name}`;
    if (!made.has(keyPlace(below))) yield { kind: "create-key", key: below };
    yield* everythingIn(subkey, below, made);
  }
}
