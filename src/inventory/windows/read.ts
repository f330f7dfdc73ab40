/** The network adapters of the machine that the program runs on, read from the registry of the Windows or WinPE there. */
import type { Key } from "../../regf/index.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";
import { familyOfBuild } from "../../windows/version-names.ts";
import { complete, type Found } from "../complete.ts";
import type { Inventory } from "../model.ts";
import { adapterOf, macNotes } from "./adapter.ts";
import { readExportedRegistry } from "./exported-registry.ts";
import { type Hardware, readHardware } from "./hardware.ts";
import { isWindowsPe, type SystemInterface, type WindowsMachine } from "./machine.ts";
import { type PresenceNow, presenceNow } from "./presence.ts";
import { registryNotReadable } from "./registry-program.ts";
import { readSavedRegistry } from "./saved-registry.ts";

/** A device, and whether it is there now. */
interface Judged {
  readonly hardware: Hardware;
  readonly presence: PresenceNow;
  /** The network interface of its connection's name, which exists while it is up. */
  readonly up: SystemInterface | undefined;
}

/**
 * Network hardware only, with a driver or without, by PCI location; those without one last. What is left out is noted, except what is no
 * hardware. Throws Failure: usage (no reg.exe), refused (not an administrator, or the registry cannot be read), writeFailed (no room for a
 * copy of it), timedOut.
 */
export function readWindowsInventory(machine: WindowsMachine): Inventory {
  const notes: string[] = [];
  const family = familyOf(machine);
  const interfaces = machine.interfaces();
  const isPe = isWindowsPe(machine);
  const read = (controlSet: Key): Found[] => listed(readHardware(controlSet, family), interfaces, isPe, notes);
  const saved = readSavedRegistry(machine, notes, read);
  if (saved.done) return inventoryOf(saved.result, notes, isPe, "saved");
  const exported = readExportedRegistry(machine, notes, read);
  if (exported.done) {
    notes.push(`the registry was read key by key: ${saved.reason}`);
    return inventoryOf(exported.result, notes, isPe, "exported");
  }
  throw registryNotReadable(machine, [saved.reason, exported.reason], saved.isRoomWanting || exported.isRoomWanting);
}

function inventoryOf(found: readonly Found[], notes: readonly string[], isPe: boolean, way: string): Inventory {
  const { adapters, notes: more } = complete(found);
  const origin = `this machine (${isPe ? "WinPE's" : "Windows'"} registry, ${way} by reg.exe)`;
  return { origin, adapters, notes: [...notes, ...more] };
}

/** The kernel says its version itself, and the parts of a registry that were exported need not. */
function familyOf({ release }: WindowsMachine): WindowsFamily {
  const build = /^\d+\.\d+\.(\d+)/.exec(release)?.[1];
  return (build === undefined ? undefined : familyOfBuild(Number(build))) ?? "10";
}

function listed(
  hardware: readonly Hardware[],
  interfaces: readonly SystemInterface[],
  isPe: boolean,
  notes: string[],
): Found[] {
  const judged = hardware.map((one): Judged => {
    const up = interfaceOf(one, hardware, interfaces);
    return { hardware: one, presence: presenceNow(one, up !== undefined, isPe), up };
  });
  const there = judged.filter(({ presence }) => presence.isThere);
  const synthetic = new Set(
    there.flatMap(({ hardware: { instanceId, mac } }) => (/^VMBUS\\/i.test(instanceId) ? (mac.permanent ?? []) : [])),
  );
  const parents = new Set(there.map(({ hardware: { parent } }) => parent));
  return judged.flatMap(({ hardware: one, presence, up }) => {
    const called = nameFor(one);
    if (!presence.isThere) {
      notes.push(`left out: ${called} is not part of the machine now: ${presence.why}`);
      return [];
    }
    if (one.isBus && parents.has(one.instanceId.toUpperCase())) return []; // its adapters are listed
    const reason = whyLeftOut(one, synthetic);
    if (reason !== undefined) {
      notes.push(`left out: ${called} ${reason}`);
      return [];
    }
    notes.push(...macNotes(one, up).map((note) => `${called}: ${note}`));
    return [{ called, adapter: adapterOf(one, presence.why, up) }];
  });
}

/** By the connection's name, which is that of the interface; else by an address that no other device has, for an adapter that came back keeps a ghost. */
function interfaceOf(
  one: Hardware,
  all: readonly Hardware[],
  interfaces: readonly SystemInterface[],
): SystemInterface | undefined {
  const byName = interfaces.find(({ name }) => one.name !== undefined && sameText(name, one.name));
  if (byName !== undefined) return byName;
  return interfaces.find(({ name, mac }) => {
    const isAnothers = all.some((other) => other.name !== undefined && sameText(other.name, name));
    const holders = all.filter((other) => other.mac.permanent === mac || other.mac.current === mac);
    return !isAnothers && holders.length === 1 && holders[0] === one;
  });
}

/** `synthetic`: the MAC addresses of Hyper-V's synthetic adapters, each of which stands for the virtual function with its address. */
function whyLeftOut({ kind, mac }: Hardware, synthetic: ReadonlySet<string>): string | undefined {
  if (kind === "unknown") return "is neither Ethernet nor Wi-Fi";
  return kind === "sr-iov-function" && mac.permanent !== undefined && synthetic.has(mac.permanent)
    ? "is a virtual function, and another adapter with its address stands for it"
    : undefined;
}

function nameFor({ description, name, instanceId }: Hardware): string {
  return [description === "" ? instanceId : description, name].filter((part) => part !== undefined).join(", ");
}

function sameText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
