/** What a list of changes comes to for every key and value it touches: what stood before the first change, and what the last one meant. */
import { upcase } from "../../bytes/upcase.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Change } from "../../windows/model/change.ts";

export interface NetKey {
  readonly key: string;
  readonly was: boolean;
  readonly meant: boolean;
}

/** null: no value. */
export interface NetValue {
  readonly key: string;
  readonly name: string;
  readonly was: RegistryData | null;
  readonly meant: RegistryData | null;
}

export interface Net {
  /** In the order in which they were first changed. */
  readonly keys: readonly NetKey[];
  readonly values: readonly NetValue[];
}

/** The same for two spellings of a key. */
export function keyPlace(key: string): string {
  return upcase(key);
}

/** The same for two spellings; never that of a key. */
export function valuePlace(key: string, name: string): string {
  return `${keyPlace(key)}\0${upcase(name)}`;
}

/** Whether a key's place is below another's; a value's, whether it is in it or below it. */
function isBelow(place: string, above: string): boolean {
  return place.startsWith(`${above}\\`) || place.startsWith(`${above}\0`);
}

/** Of changes that were made one after the other. */
export function netOf(changes: readonly Change[]): Net {
  const keys = new Map<string, NetKey>();
  const values = new Map<string, NetValue>();
  for (const change of changes) {
    const place = keyPlace(change.key);
    switch (change.kind) {
      case "create-key":
        bringBackAbove(place, keys);
        keys.set(place, { key: change.key, was: keys.get(place)?.was ?? false, meant: true });
        break;
      case "delete-key":
        deleteBelow(place, keys, false);
        deleteBelow(place, values, null);
        keys.set(place, { key: change.key, was: keys.get(place)?.was ?? true, meant: false });
        break;
      case "set-value":
        touch(values, change, { type: change.type, data: change.data });
        break;
      case "delete-value":
        touch(values, change, null);
        break;
    }
  }
  return { keys: [...keys.values()], values: [...values.values()] };
}

function touch(
  values: Map<string, NetValue>,
  { key, name, was }: Extract<Change, { readonly name: string }>,
  meant: RegistryData | null,
): void {
  const place = valuePlace(key, name);
  const known = values.get(place);
  values.set(place, { key, name, was: known === undefined ? was : known.was, meant });
}

/** A key that is made brings the keys above it with it. */
function bringBackAbove(place: string, keys: Map<string, NetKey>): void {
  for (const [above, net] of keys) {
    if (isBelow(place, above)) {
      keys.set(above, { ...net, meant: true });
    }
  }
}

function deleteBelow<State>(above: string, nets: Map<string, { readonly meant: State }>, meant: State): void {
  for (const [place, net] of nets) {
    if (isBelow(place, above)) {
      nets.set(place, { ...net, meant });
    }
  }
}
