/** The finisher's end: its service, and its files, which a running program cannot delete itself. */
import path from "node:path";
import fs from "fs-extra";
import { FIRST_BOOT_FOLDER } from "../../firstboot/places.ts";
import { SERVICE_KEY, SERVICE_NAME } from "../../firstboot/service.ts";
import { importChanges } from "../../inventory/windows/import-changes.ts";
import { systemFolder } from "../../inventory/windows/machine.ts";
import { removeLeftFolders } from "../../inventory/windows/temporary-folder.ts";
import type { Hive } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import { inControlSet } from "../../windows/registry-paths.ts";
import { openControlSets } from "../../windows/control-sets.ts";
import { currentOf, readLiveHive } from "./live-registry.ts";
import type { BootedWindows } from "./machine.ts";
import { deletedAtNextStart } from "./pending-deletions.ts";
import { disableService } from "./own-service.ts";
import { carryOut } from "./programs.ts";

const SC_TIMEOUT_MS = 60_000;

/** It is not there any more; it is marked for deletion already (Microsoft, "System Error Codes"). */
const GONE_ALREADY = [1060, 1072];

/**
 * The service control manager deletes a service that still runs when it has ended (Microsoft, "DeleteService"); its keys must stay
 * until then, for NSSM reads there that it is not to start the program again. The service goes first: without it, files that
 * a power cut leaves do nothing, and a service without its files would be an error of every start. Returns what was
 * not done, as sentences without their full stops. Throws Failure where the registry cannot be read or written.
 */
export function removeItself(machine: BootedWindows, notes: string[]): readonly string[] {
  const before = readLiveHive(machine, notes, currentOf);
  const args = ["delete", SERVICE_NAME];
  const order = { program: "sc.exe", args, timeoutMs: SC_TIMEOUT_MS, alsoGood: GONE_ALREADY };
  const failed = before.service === undefined ? undefined : carryOut(machine, order);
  // Files of a service that stays would be missed by it.
  if (failed !== undefined) return [`the service ${SERVICE_NAME} is still there: ${failed}; ${disabled(machine)}`];
  removeLeftFolders(machine.temporaryFolder, notes);
  // Before a copy of the registry is put there, and goes again.
  const places = placesBelow(path.join(systemFolder(machine), ...FIRST_BOOT_FOLDER));
  const { current, changes } = readLiveHive(machine, notes, (hive) => remainder(hive, places));
  if (changes.length > 0) importChanges(machine, changes, current, notes);
  return [];
}

function disabled(machine: BootedWindows): string {
  const failed = disableService(machine);
  return failed === undefined ? "it is disabled" : `it is not disabled either: ${failed}`;
}

/** What is in it, and in its folders, before the folder itself; none where it is not there. */
function placesBelow(folder: string): readonly string[] {
  if (!fs.pathExistsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const within = entries.flatMap((entry) => {
    const place = path.join(folder, entry.name);
    return entry.isDirectory() ? placesBelow(place) : [place];
  });
  return [...within, folder];
}

function remainder(
  hive: Hive,
  places: readonly string[],
): { readonly current: number; readonly changes: readonly Change[] } {
  const { current } = currentOf(hive);
  return { current, changes: [...inOtherControlSets(hive, current), ...deletedAtNextStart(hive, current, places)] };
}

/** Where the service does not run: there its keys can simply go. */
function inOtherControlSets({ root }: Hive, current: number): Change[] {
  return [...openControlSets(root)].flatMap(([number, key]): Change[] =>
    number === current || key.open(SERVICE_KEY) === undefined
      ? []
      : [{ kind: "delete-key", key: inControlSet(number, SERVICE_KEY) }],
  );
}
