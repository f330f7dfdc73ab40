/** Puts the adapters of a moved machine into a copy of a real hive: static ones that are gone, and a new one with DHCP. */
import { writeFileSync } from "node:fs";
import { keyDirectives } from "../../scripts/fixtures/directives.ts";
import type { PhonyAdapter, Shape, Times } from "../../scripts/fixtures/hardware.ts";
import { adapterEntries } from "../../scripts/fixtures.ts";
import { dateOfFileTime } from "../../src/bytes/file-time.ts";
import { REGISTRY_TYPES } from "../../src/notation/registry-data.ts";
import { commitHive, editHive, type Hive, type LogFormat, openHive } from "../../src/regf/index.ts";
import type { RegEntry } from "../../src/regtext/model.ts";
import { openFile } from "../../src/storage/file.ts";
import { readWindows } from "../../src/windows/read-windows.ts";

const HOUR_MS = 3_600_000;

/** The hive is clean afterwards, also when it was dirty without logs. */
export function putAdapters(path: string, adapters: readonly PhonyAdapter[], shape: Shape, logFormat: LogFormat): void {
  const primary = openFile(path, "read-write");
  const log = openFile(emptyLog(path, logFormat), "read-write");
  try {
    const hive = openHive({ primary, logs: [] }, { acceptDirty: true });
    const { controlSets, connections } = readWindows(hive.root);
    const lastBoot = connections.flatMap(({ evidence }) => evidence.lastBoot?.time ?? [])[0];
    if (lastBoot === undefined) throw new Error(`${path} does not tell of its last boot`);
    for (const adapter of adapters) {
      const entries = adapterEntries(adapter, shape, timesOf(adapter, dateOfFileTime(lastBoot).getTime()));
      for (const set of controlSets.written) for (const entry of entries) putEntry(hive, entry, set, lastBoot);
    }
    commitHive(hive, { logFormat, createLog: () => log });
  } finally {
    primary.close();
    log.close();
  }
}

function emptyLog(path: string, logFormat: LogFormat): string {
  const log = `${path}${logFormat === "DIRT-XP" ? ".LOG" : ".LOG1"}`;
  writeFileSync(log, "");
  return log;
}

/** The one that is gone was last there a day before the last boot. */
function timesOf({ role }: PhonyAdapter, lastBootMs: number): Times {
  const iso = (ms: number): string => new Date(ms).toISOString();
  const long = lastBootMs - 1000 * HOUR_MS;
  if (role === "gone") return { installed: iso(long), started: iso(lastBootMs - 24 * HOUR_MS) };
  return { installed: iso(role === "new" ? lastBootMs : long), started: iso(lastBootMs + 1000) };
}

/** As the image's builder does it, with keys that are there already spelled as they are. */
function putEntry(hive: Hive, entry: RegEntry, set: number, time: bigint): void {
  if (entry.kind !== "set-key") throw new Error(`line ${entry.line}: an adapter takes nothing away`);
  const path = entry.path.replace("HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001", `ControlSet00${set}`);
  const directives = keyDirectives(entry.comments ?? []);
  const edit = editHive(hive, { now: directives.time ?? time });
  edit.createKey(path);
  for (const value of entry.values) {
    if (value.kind !== "set-value") continue;
    const former = directives.append === true ? hive.root.open(path)?.value(value.name)?.data : undefined;
    const isList = value.type === REGISTRY_TYPES.REG_MULTI_SZ && former !== undefined;
    edit.setValue(
      path,
      value.name,
      value.type,
      isList ? Buffer.concat([former.subarray(0, -2), value.data]) : value.data,
    );
  }
}

/** The same adapters in every real hive. */
export const MOVED_ADAPTERS: readonly PhonyAdapter[] = [
  { device: "usb", number: 3, role: "gone", address: "10.77.0.3" },
  { device: "virtio", number: 4, role: "new", address: "10.77.0.4" },
  { device: "netvsc", number: 5, role: "gone", address: "10.77.0.5" },
];
