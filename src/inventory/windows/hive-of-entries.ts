/** A hive in memory out of exported keys, so that exported and saved registries are read by the same readers. */
import { buildHive, editHive, type Hive } from "../../regf/index.ts";
import type { RegEntry } from "../../regtext/model.ts";

/** As reg.exe takes it; in what it writes, HKLM stands in full. */
export const LIVE_CONTROL_SET = "HKLM\\SYSTEM\\CurrentControlSet";

const WRITTEN_CONTROL_SET = /^(?:HKLM|HKEY_LOCAL_MACHINE)\\SYSTEM\\CurrentControlSet\\/i;

/** Below the control set; undefined for a path that is elsewhere. */
export function belowControlSet(path: string): string | undefined {
  return WRITTEN_CONTROL_SET.test(path) ? path.replace(WRITTEN_CONTROL_SET, "") : undefined;
}

/** `placeOf`: where a key of the text is in the hive; undefined leaves it out. Throws EditError for keys and values that no registry has. */
export function hiveOfEntries(entries: readonly RegEntry[], placeOf: (path: string) => string | undefined): Hive {
  const hive = buildHive({ minor: 5, name: "CurrentControlSet" });
  const edit = editHive(hive, { now: 0n });
  for (const entry of entries) {
    const path = entry.kind === "set-key" ? placeOf(entry.path) : undefined;
    if (entry.kind !== "set-key" || path === undefined) continue;
    edit.createKey(path);
    for (const value of entry.values) {
      if (value.kind === "set-value") edit.setValue(path, value.name, value.type, value.data);
    }
  }
  return hive;
}
