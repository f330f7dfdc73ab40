/** Finds control sets that Windows uses now, that hold what a run wrote elsewhere, and that no receipt names: Windows copies whole control sets. */
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Key } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import type { ControlSets } from "../../windows/model/windows.ts";
import { isSameData } from "../../windows/registry-data.ts";
import { controlSetKey } from "../../windows/registry-paths.ts";
import type { LeftChange } from "../results.ts";
import { netOf } from "./net.ts";
import { valueAt } from "./standing.ts";

interface WrittenValue {
  /** Below the control set. */
  readonly key: string;
  readonly name: string;
  readonly data: RegistryData;
}

/** Every value that the run wrote to one control set stands in another one. Throws HiveError. */
export function copiedSets(root: Key, changes: readonly Change[], { written: used }: ControlSets): LeftChange[] {
  const byControlSet = writtenValues(changes);
  const others = used.map(controlSetKey).filter((name) => !byControlSet.has(name.toUpperCase()));
  return others.flatMap((other) => {
    const copied = [...byControlSet].find(([, values]) =>
      values.every(({ key, name, data }) => isSameData(valueAt(root, `${other}${key}`, name), data)),
    );
    return copied === undefined
      ? []
      : [
          {
            key: other,
            reason: `Windows uses this control set now, and it holds all ${copied[1].length} values that the run wrote to another one; the run did not write here`,
          },
        ];
  });
}

/** By the control set's key, in upper case. */
function writtenValues(changes: readonly Change[]): ReadonlyMap<string, readonly WrittenValue[]> {
  const found = new Map<string, WrittenValue[]>();
  for (const { key, name, was, meant } of netOf(changes).values) {
    const [, controlSet, below] = /^(ControlSet\d{3})(\\.*)$/i.exec(key) ?? [];
    if (controlSet !== undefined && below !== undefined && meant !== null && !isSameData(was, meant)) {
      const place = controlSet.toUpperCase();
      found.set(place, [...(found.get(place) ?? []), { key: below, name, data: meant }]);
    }
  }
  return found;
}
