/** What a receipt's changes and a hive have below the service's key of a first boot. */
import type { Key } from "../../regf/index.ts";
import { ATTEMPTS_VALUE, PARAMETERS_SUBKEY, readService, SERVICE_KEY } from "../../firstboot/service.ts";
import type { Change } from "../../windows/model/change.ts";
import { registryData } from "../../windows/registry-data.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { keyPlace } from "../writing/net.ts";

const SERVICE_PLACE = keyPlace(SERVICE_KEY);

/** The service's key of whatever control set, or a key below it. */
export function isServiceKey(key: string): boolean {
  return `${keyPlace(key).replace(/^CONTROLSET\d{3}\\/, "")}\\`.startsWith(`${SERVICE_PLACE}\\`);
}

export interface ServicesOfRun {
  /** Paths of the service's own key, one for each control set: those that the run has made, which its undo takes out. */
  readonly made: readonly string[];
  /** Those that were there before, of another arrangement, and are there again after an undo. */
  readonly found: readonly string[];
}

export function servicesOf(changes: readonly Change[]): ServicesOfRun {
  const ofRun = changes.filter(({ key }) => isServiceKey(key));
  const made = ofRun.flatMap(({ kind, key }) => (kind === "create-key" && isOwnKey(key) ? [key] : []));
  const all = new Map(ofRun.map(({ key }) => [keyPlace(ownKeyOf(key)), ownKeyOf(key)]));
  for (const key of made) all.delete(keyPlace(key));
  return { made, found: [...all.values()] };
}

function isOwnKey(key: string): boolean {
  return keyPlace(key).endsWith(SERVICE_PLACE);
}

/** Of a key that is the service's or lies below it, in whatever control set. */
function ownKeyOf(key: string): string {
  return key.slice(0, keyPlace(key).indexOf(SERVICE_PLACE) + SERVICE_PLACE.length);
}

/**
 * The changes of a run, and as if it had made them, what the finisher has put below the service's key since (its count of
 * attempts, that it is disabled): as long as the service is still of that arrangement.
 */
export function changesWithService(root: Key, { changes, firstBoot }: Receipt): readonly Change[] {
  if (firstBoot === undefined) return changes;
  const keys = new Set(changes.map(({ key }) => keyPlace(key)));
  const isOfThis = (service: string): boolean =>
    readService(root.open(service.slice(0, -SERVICE_KEY.length - 1)) ?? root)?.id === firstBoot.id;
  const { made, found } = servicesOf(changes);
  const since = made.flatMap((service) => {
    const key = root.open(service);
    return key !== undefined && isOfThis(service) ? [...everythingIn(key, service, keys)] : [];
  });
  const counts = found.filter(isOfThis).flatMap((service) => {
    const key = root.open(`${service}\\${PARAMETERS_SUBKEY}`);
    const value = key?.value(ATTEMPTS_VALUE);
    if (key === undefined || value === undefined) return [];
    return [{ kind: "set-value", key: key.path, name: value.name, ...registryData(value), was: null } as const];
  });
  return [...changes, ...since, ...counts];
}

function* everythingIn(key: Key, path: string, made: ReadonlySet<string>): Generator<Change> {
  for (const value of key.values()) {
    yield { kind: "set-value", key: path, name: value.name, ...registryData(value), was: null };
  }
  for (const subkey of key.subkeys()) {
    const below = `${path}\\${subkey.name}`;
    if (!made.has(keyPlace(below))) yield { kind: "create-key", key: below };
    yield* everythingIn(subkey, below, made);
  }
}
