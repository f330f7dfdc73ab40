/** The registry as `reg.exe export` writes it, key by key: for where it cannot be saved. Volatile keys are in it, times and what only the system may read are not. */
import path from "node:path";
import fs from "fs-extra";
import type { Key } from "../../regf/index.ts";
import { decodeRegFile } from "../../regtext/encoding.ts";
import type { RegEntry } from "../../regtext/model.ts";
import { parseRegText } from "../../regtext/parse.ts";
import {
  CONNECTIONS_KEY,
  ENUM_KEY,
  NET_CLASS_KEY,
  NETWORK_SETUP2_INTERFACES_KEY,
  NSI_NDIS_INTERFACES_KEY,
} from "../../windows/registry-paths.ts";
import { hiveOfEntries, LIVE_CONTROL_SET } from "./hive-of-entries.ts";
import type { WindowsMachine } from "./machine.ts";
import { complaintOf, runRegistryProgram } from "./registry-program.ts";
import { type Attempt, whyNotRead } from "./saved-registry.ts";
import { chooseFolder, inTemporaryFolder } from "./temporary-folder.ts";

const QUERY_TIMEOUT_MS = 30_000;
const EXPORT_TIMEOUT_MS = 60_000;

/** Far above what the keys of one bus hold. */
const MAX_EXPORT_BYTES = 64 * 1024 * 1024;

/** Branches of Enum that hold no network hardware, and of which some are large. */
const OTHER_ENUMERATORS: ReadonlySet<string> = new Set(
  [
    [
      "BTH",
      "BTHENUM",
      "BTHLE",
      "BTHLEDEVICE",
      "DISPLAY",
      "HDAUDIO",
      "HID",
      "IDE",
      "INTELAUDIO",
      "LPTENUM",
      "ROOT",
      "SCSI",
    ],
    ["STORAGE", "SW", "SWD", "UEFI", "UMB", "USBPRINT", "USBSTOR", "WPDBUSENUMROOT"],
  ].flat(),
);

/** What tells MAC addresses and names; each Windows has some of them. */
const OPTIONAL_KEYS = [CONNECTIONS_KEY, NETWORK_SETUP2_INTERFACES_KEY, NSI_NDIS_INTERFACES_KEY];

/** `read` gets the control set. Throws Failure when reg.exe cannot be run at all, and what `read` throws but for damage. */
export function readExportedRegistry<Result>(
  machine: WindowsMachine,
  notes: string[],
  read: (controlSet: Key) => Result,
): Attempt<Result> {
  const choice = chooseFolder(machine, undefined);
  if (!choice.found) return { done: false, reason: choice.reason, isRoomWanting: true };
  const query = ["query", `${LIVE_CONTROL_SET}\\${ENUM_KEY}`];
  const list = runRegistryProgram(machine, query, QUERY_TIMEOUT_MS);
  const enumerators = enumeratorsIn(list.output);
  if (list.status !== 0 || enumerators.length === 0) {
    return { done: false, reason: complaintOf(query, list), isRoomWanting: false };
  }
  try {
    const devices = enumerators.map((name) => exportKey(machine, choice.folder, notes, `${ENUM_KEY}\\${name}`));
    const missing = devices.flatMap((one) => ("complaint" in one ? [one.complaint] : []));
    const [first] = missing;
    // A bus that is not listed would make orphans of all that is on it.
    if (first !== undefined) return { done: false, reason: first, isRoomWanting: false };
    const rest = [NET_CLASS_KEY, ...OPTIONAL_KEYS].map((key) => exportKey(machine, choice.folder, notes, key));
    const entries = [...devices, ...rest].flatMap((one) => ("entries" in one ? one.entries : []));
    return { done: true, result: read(hiveOfEntries(entries).root) };
  } catch (error) {
    return whyNotRead(error);
  }
}

/** `HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Enum\PCI`, one on a line. */
function enumeratorsIn(output: string): readonly string[] {
  const names = [...output.matchAll(/\\Enum\\([^\\\r\n]+?)[ \t]*$/gim)].map(([, name = ""]) => name);
  return names.filter((name) => !OTHER_ENUMERATORS.has(name.toUpperCase()) && !name.startsWith("{"));
}

/** Each into a file of its own, which is removed once it is read: the room of one is needed at a time. */
function exportKey(
  machine: WindowsMachine,
  parent: string,
  notes: string[],
  key: string,
): { readonly entries: readonly RegEntry[] } | { readonly complaint: string } {
  return inTemporaryFolder(parent, notes, (folder) => {
    const file = path.join(folder, "keys.reg");
    const args = ["export", `${LIVE_CONTROL_SET}\\${key}`, file, "/y"];
    const run = runRegistryProgram(machine, args, EXPORT_TIMEOUT_MS);
    if (run.status !== 0) return { complaint: complaintOf(args, run) };
    const sizeBytes = fs.statSync(file).size;
    if (sizeBytes > MAX_EXPORT_BYTES) return { complaint: `the text of ${key} is larger than 64 MiB` };
    return { entries: parseRegText(decodeRegFile(fs.readFileSync(file), file), key).entries };
  });
}
