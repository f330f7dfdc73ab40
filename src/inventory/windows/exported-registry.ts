/** The registry as `reg.exe export` writes it, key by key: for where it cannot be saved. Volatile keys are in it, times and what only the system may read are not. */
import type { Key } from "../../regf/index.ts";
import {
  CONNECTIONS_KEY,
  ENUM_KEY,
  NET_CLASS_KEY,
  NETWORK_SETUP2_INTERFACES_KEY,
  NSI_NDIS_INTERFACES_KEY,
} from "../../windows/registry-paths.ts";
import { exportKey } from "./export-key.ts";
import { belowControlSet, hiveOfEntries, LIVE_CONTROL_SET } from "./hive-of-entries.ts";
import type { WindowsMachine } from "./machine.ts";
import { complaintOf, runRegistryProgram } from "./registry-program.ts";
import { type Attempt, whyNotRead } from "./saved-registry.ts";
import { chooseFolder } from "./temporary-folder.ts";

const QUERY_TIMEOUT_MS = 30_000;

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
  const query = ["query", inSet(ENUM_KEY)];
  const list = runRegistryProgram(machine, query, QUERY_TIMEOUT_MS);
  const enumerators = enumeratorsIn(list.output);
  if (list.status !== 0 || enumerators.length === 0) {
    return { done: false, reason: complaintOf(query, list), isRoomWanting: false };
  }
  try {
    const devices = enumerators.map((name) => exportKey(machine, choice.folder, notes, inSet(`${ENUM_KEY}\\${name}`)));
    const missing = devices.flatMap((one) => ("complaint" in one ? [one.complaint] : []));
    const [first] = missing;
    // A bus that is not listed would make orphans of all that is on it.
    if (first !== undefined) return { done: false, reason: first, isRoomWanting: false };
    const rest = [NET_CLASS_KEY, ...OPTIONAL_KEYS].map((key) => exportKey(machine, choice.folder, notes, inSet(key)));
    const entries = [...devices, ...rest].flatMap((one) => ("entries" in one ? one.entries : []));
    return { done: true, result: read(hiveOfEntries(entries, belowControlSet).root) };
  } catch (error) {
    return whyNotRead(error);
  }
}

/** `HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Enum\PCI`, one on a line. */
function enumeratorsIn(output: string): readonly string[] {
  const names = [...output.matchAll(/\\Enum\\([^\\\r\n]+?)[ \t]*$/gim)].map(([, name = ""]) => name);
  return names.filter((name) => !OTHER_ENUMERATORS.has(name.toUpperCase()) && !name.startsWith("{"));
}

function inSet(key: string): string {
  return `${LIVE_CONTROL_SET}\\${key}`;
}
