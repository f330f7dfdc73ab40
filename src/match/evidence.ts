/** The verdict on one adapter by the hive's own evidence: whether it was there when this Windows last booted. */
import type { WindowsAdapter, WindowsConnection, WindowsFamily } from "../windows/model/windows.ts";
import { fileTimeText } from "../bytes/file-time.ts";
import { BOOT_SLACK } from "../windows/presence/boot-slack.ts";
import type { Presence } from "./model.ts";

/**
 * Buses of devices that software makes up. Windows does not find those on ROOT and SW anew at every boot (seen in XP, 8.1 and 10 hives), so that an
 * old time proves nothing; of teams (COMPOSITEBUS) and of buses named by a GUID no hive has shown it, and a team must not be taken for an orphan.
 * Fewer than the enumerators that are no hardware (windows/adapters/kind.ts): what is on SWD and BTH gets its arrival date at each boot as hardware does
 * (seen in 8.1 and 10 hives), so that an old one proves something.
 */
const SOFTWARE_BUS = /^(?:ROOT\\|SW\\|HTREE\\|COMPOSITEBUS\\|\{)/i;

/** "present" only when it is proven; what the evidence does not settle is "unknown". */
export function presenceByEvidence(connection: WindowsConnection, family: WindowsFamily): Presence {
  const gone = uninstalled(connection);
  if (gone !== undefined) return gone;
  const { adapter } = connection;
  if (adapter === undefined) return unknown("no adapter of this interface is known");
  const verdict = byTimes(connection, adapter, family);
  if (verdict.verdict !== "orphan" || !SOFTWARE_BUS.test(adapter.instanceId ?? "")) return verdict;
  return unknown("its adapter is made by software, for which Windows does not note at every boot that it is there");
}

function byTimes(connection: WindowsConnection, adapter: WindowsAdapter, family: WindowsFamily): Presence {
  switch (family) {
    case "xp":
    case "vista":
    case "7":
      return byStartTimes(connection, adapter);
    case "8":
    case "8.1":
    case "10":
      return byArrivalTimes(connection);
  }
}

/** An interface whose device Windows has forgotten: a device that comes back gets a new interface. */
export function uninstalled({ adapter }: WindowsConnection): Presence | undefined {
  if (adapter === undefined)
    return orphan(
      "no network adapter of this Windows has it: its adapter was uninstalled, or it is one of Remote Access",
    );
  if (adapter.instanceId === undefined)
    return orphan("its adapter was uninstalled: no device under Enum has it any more");
  return undefined;
}

/**
 * Windows 8 and later: property {83da6326-...}\0066 is rewritten at each boot for every device that is enumerated, with the PCI root's as the
 * time of the boot. 0067 is written only for a removal while Windows runs. Seen in 8.1, 10 1709, 1903 and 21H2 hives.
 */
function byArrivalTimes({ evidence }: WindowsConnection): Presence {
  const { lastArrival, lastRemoval, lastBoot } = evidence;
  if (lastArrival === undefined)
    return unknown("the hive does not say when its adapter was last there (device property 0066)");
  const arrived = fileTimeText(lastArrival);
  if (lastRemoval !== undefined && lastRemoval > lastArrival) {
    return orphan(`its adapter was removed ${fileTimeText(lastRemoval)}, after it was last there (${arrived})`);
  }
  if (lastBoot === undefined)
    return unknown(`its adapter was last there ${arrived}, but the hive does not say when the last boot was`);
  const boot = `the last boot at ${fileTimeText(lastBoot.time)} (${lastBoot.from})`;
  if (lastArrival < lastBoot.time - BOOT_SLACK) return orphan(`its adapter was last there ${arrived}, not in ${boot}`);
  if (lastArrival > lastBoot.time + BOOT_SLACK) {
    // An earlier boot can be stamped later: the clock's zone changed during the setup of the 10 21H2 hive.
    return unknown(`its adapter arrived ${arrived}, after ${boot}: plugged in later, or the clock was changed`);
  }
  return present(`its adapter was there in ${boot}`);
}

/**
 * XP to 7 have no property 0066. The key of the device's network interface under DeviceClasses is touched when the adapter starts; the Enum
 * instance key is touched at each boot, but can be touched later without one (seen in a Windows 7 hive), so only a stale one proves something.
 */
function byStartTimes({ evidence }: WindowsConnection, adapter: WindowsAdapter): Presence {
  const { lastStart, enumKeyTime, lastBoot } = evidence;
  if (lastBoot === undefined) return unknown("the hive does not say when the last boot was");
  const boot = `the last boot at ${fileTimeText(lastBoot.time)} (${lastBoot.from})`;
  if (enumKeyTime !== undefined && enumKeyTime < lastBoot.time - BOOT_SLACK) {
    return orphan(`its adapter was last enumerated ${fileTimeText(enumKeyTime)}, not in ${boot}`);
  }
  if (lastStart === undefined)
    return unknown(`the hive does not say when its adapter last started (DeviceClasses); ${boot}`);
  const started = fileTimeText(lastStart);
  if (lastStart < lastBoot.time - BOOT_SLACK) {
    return adapter.disabled
      ? unknown(
          `its adapter last started ${started}, not in ${boot}; but it is disabled, and would not have started if it was there`,
        )
      : orphan(`its adapter last started ${started}, not in ${boot}`);
  }
  if (lastStart > lastBoot.time + BOOT_SLACK) {
    return unknown(
      `its adapter started ${started}, after ${boot}: restarted or plugged in later, or the clock was changed`,
    );
  }
  return present(`its adapter started in ${boot}`);
}

export function present(reason: string): Presence {
  return { verdict: "present", reason };
}

export function orphan(reason: string): Presence {
  return { verdict: "orphan", reason };
}

export function unknown(reason: string): Presence {
  return { verdict: "unknown", reason };
}
