/** Whether a device that the registry knows is part of this machine now: a Windows keeps those that once were. */
import { FILE_TIME_TICKS_PER_MS, fileTimeText } from "../../bytes/file-time.ts";
import { BOOT_SLACK } from "../../windows/presence/boot-slack.ts";
import type { Hardware } from "./hardware.ts";

export interface PresenceNow {
  readonly isThere: boolean;
  /** The end of a sentence: "because ...". */
  readonly why: string;
}

/**
 * Time zones are at most 26 hours apart (UTC-12 to UTC+14), and WinPE takes the clock's for another one until it is told:
 * what seems to lie before its start by less may be of this start.
 */
const ZONE_SPAN: bigint = 26n * 3600n * 1000n * FILE_TIME_TICKS_PER_MS;

/** Below an Enum instance key; PnP makes it for what it finds, and it does not outlive the run of Windows. */
const VOLATILE_SUBKEY = "Control";

/** `isUp`: the system lists a network interface of its connection's name. */
export function presenceNow(hardware: Hardware, isUp: boolean, isWindowsPe: boolean): PresenceNow {
  if (isUp) return there("it is up");
  if (hardware.key.subkey(VOLATILE_SUBKEY) !== undefined) return there("Windows has found it in this run");
  const { lastBoot, lastArrival, lastRemoval, lastStart, enumKeyTime } = hardware.evidence;
  if (lastArrival !== undefined && lastRemoval !== undefined && lastRemoval > lastArrival) {
    return gone(`it was removed ${fileTimeText(lastRemoval)}`);
  }
  const stale = (time: bigint | undefined): time is bigint =>
    time !== undefined && lastBoot !== undefined && time < lastBoot.time - (isWindowsPe ? ZONE_SPAN : BOOT_SLACK);
  if (stale(lastArrival)) return gone(`it was last there ${fileTimeText(lastArrival)}, before this start of Windows`);
  if (stale(enumKeyTime)) return gone(`it was last found ${fileTimeText(enumKeyTime)}, before this start of Windows`);
  if (stale(lastStart) && !hardware.disabled) {
    return gone(`it last started ${fileTimeText(lastStart)}, before this start of Windows`);
  }
  // A removal while Windows runs is always written, so that what arrived and was not removed is there.
  if (lastArrival !== undefined && lastBoot !== undefined) return there(`it arrived ${fileTimeText(lastArrival)}`);
  if (lastStart !== undefined && lastBoot !== undefined && !stale(lastStart)) {
    return there(`it started ${fileTimeText(lastStart)}`);
  }
  return isWindowsPe
    ? there("WinPE's registry begins anew at each start, and holds what it has met in this one")
    : gone("nothing shows that it is there now");
}

function there(why: string): PresenceNow {
  return { isThere: true, why };
}

function gone(why: string): PresenceNow {
  return { isThere: false, why };
}
