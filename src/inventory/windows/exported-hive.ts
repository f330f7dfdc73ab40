/** The running SYSTEM registry as `reg.exe export` writes it, put together as a hive: for where it cannot be saved. Times of keys are not in it. */
import type { Hive } from "../../regf/index.ts";
import type { RegEntry } from "../../regtext/model.ts";
import {
  COMPUTER_NAME_KEY,
  CONTROL_WINDOWS_KEY,
  controlSetKey,
  ENUM_KEY,
  NET_CLASS_KEY,
  NETWORK_KEY,
  NETWORK_SETUP2_KEY,
  NSI_KEY,
  PRODUCT_OPTIONS_KEY,
  SELECT_KEY,
  SESSION_MANAGER_KEY,
  SETUP_KEY,
} from "../../windows/registry-paths.ts";
import { exportKey } from "./export-key.ts";
import { belowControlSet, hiveOfEntries, LIVE_CONTROL_SET } from "./hive-of-entries.ts";
import type { WindowsMachine } from "./machine.ts";
import { type Attempt, whyNotRead } from "./saved-registry.ts";
import { chooseFolder } from "./temporary-folder.ts";

const LIVE_SYSTEM = "HKLM\\SYSTEM";
const WRITTEN_SYSTEM = /^(?:HKLM|HKEY_LOCAL_MACHINE)\\SYSTEM\\/i;

/** Without these nothing can be told of the network. */
const NEEDED_KEYS = [ENUM_KEY, NET_CLASS_KEY, NETWORK_KEY, "Services"];

/** Each Windows has some of them. */
const OPTIONAL_KEYS = [
  NETWORK_SETUP2_KEY,
  NSI_KEY,
  COMPUTER_NAME_KEY,
  PRODUCT_OPTIONS_KEY,
  SESSION_MANAGER_KEY,
  CONTROL_WINDOWS_KEY,
];

/** What is in no control set. */
const ROOT_KEYS = [SELECT_KEY, SETUP_KEY];

/**
 * `read` gets a hive that has one control set, the current one: the others are not read, and so never written. Throws
 * Failure when reg.exe cannot be run at all, and what `read` throws but for damage.
 */
export function readExportedHive<Result>(
  machine: WindowsMachine,
  notes: string[],
  read: (hive: Hive) => Result,
): Attempt<Result> {
  const choice = chooseFolder(machine, undefined);
  if (!choice.found) return { done: false, reason: choice.reason, isRoomWanting: true };
  try {
    const needed = NEEDED_KEYS.map((key) => exportKey(machine, choice.folder, notes, `${LIVE_CONTROL_SET}\\${key}`));
    for (const one of needed) {
      if ("complaint" in one) return { done: false, reason: one.complaint, isRoomWanting: false };
    }
    const optional = [...OPTIONAL_KEYS.map((key) => `${LIVE_CONTROL_SET}\\${key}`), ...ROOT_KEYS.map(inSystem)].map(
      (key) => exportKey(machine, choice.folder, notes, key),
    );
    const entries = [...needed, ...optional].flatMap((one) => ("entries" in one ? one.entries : []));
    return { done: true, result: read(hiveOfSystem(entries)) };
  } catch (error) {
    return whyNotRead(error);
  }
}

function inSystem(key: string): string {
  return `${LIVE_SYSTEM}\\${key}`;
}

/** CurrentControlSet is a link to the set that `Select` names (Microsoft, "HKLM\SYSTEM\CurrentControlSet"); there it is put. */
function hiveOfSystem(entries: readonly RegEntry[]): Hive {
  const current = controlSetKey(currentIn(entries));
  return hiveOfEntries(entries, (path) => {
    const below = belowControlSet(path);
    if (below !== undefined) return `${current}\\${below}`;
    return WRITTEN_SYSTEM.test(path) ? path.replace(WRITTEN_SYSTEM, "") : undefined;
  });
}

/** `Select\Current`; 0, which no control set has, where it is not told. */
function currentIn(entries: readonly RegEntry[]): number {
  for (const entry of entries) {
    if (entry.kind !== "set-key" || !/\\Select$/i.test(entry.path)) continue;
    for (const value of entry.values) {
      if (value.kind === "set-value" && value.name.toLowerCase() === "current") return value.data[0] ?? 0;
    }
  }
  return 0;
}
