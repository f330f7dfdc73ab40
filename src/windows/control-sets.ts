/** Reads which control sets there are, which one Windows uses, and which ones a change must reach. */
import { Failure } from "../exit/failure.ts";
import type { Key } from "../regf/index.ts";
import type { ControlSets } from "./model/windows.ts";
import { controlSetKey, SELECT_KEY } from "./registry-paths.ts";
import { readNumber } from "./registry-values.ts";

/** The control set keys at the hive's root, by number, ascending. */
export function openControlSets(root: Key): ReadonlyMap<number, Key> {
  const found: (readonly [number, Key])[] = [];
  for (const key of root.subkeys()) {
    const digits = /^ControlSet(\d{3})$/i.exec(key.name)?.[1];
    if (digits !== undefined) found.push([Number(digits), key]);
  }
  return new Map(found.sort(([left], [right]) => left - right));
}

/** Throws Failure unsupportedWindows when `Select` names no current control set, or one that does not exist. */
export function readControlSets(
  root: Key,
  keys: ReadonlyMap<number, Key>,
): { readonly controlSets: ControlSets; readonly currentKey: Key } {
  const select = root.subkey(SELECT_KEY);
  const current = readNumber(select, "Current") ?? 0;
  const currentKey = keys.get(current);
  if (currentKey === undefined) throw noCurrentControlSet(current);
  const byDefault = readNumber(select, "Default") ?? 0;
  const lastKnownGood = readNumber(select, "LastKnownGood") ?? 0;
  const controlSets = {
    current,
    default: byDefault,
    failed: readNumber(select, "Failed") ?? 0,
    lastKnownGood,
    existing: [...keys.keys()],
    written: [...new Set([current, byDefault, lastKnownGood])].filter((number) => keys.has(number)),
  };
  return { controlSets, currentKey };
}

function noCurrentControlSet(current: number): Failure {
  const message =
    current === 0
      ? "This SYSTEM hive does not say which control set Windows uses."
      : `Windows uses ${controlSetKey(current)}, which is not in this SYSTEM hive.`;
  return new Failure("unsupportedWindows", message, {
    code: "no-current-control-set",
    at: `${SELECT_KEY}, Current`,
    advice: "This Windows would not start. Restore the SYSTEM hive from a backup.",
  });
}
