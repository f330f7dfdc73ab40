/** Writes the values that no field of the settings says, as far as the Windows that gets them knows them. */
import type { Warning } from "../../exit/warning.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { RawSetting } from "../model/settings.ts";
import type { WindowsFamily } from "../model/windows.ts";
import { isRawSetting } from "../settings/interface-values.ts";
import { dword, text, texts } from "./data.ts";
import { isSameData } from "./draft.ts";
import type { InterfacePlace } from "./place.ts";

interface KnownValue {
  readonly name: string;
  /** What a missing value means, or what says nothing: leaving it out loses nothing. */
  readonly neutral: RegistryData;
  /** The families that know the value; undefined when all do. */
  readonly families?: readonly WindowsFamily[];
  /** The families whose setup does not write the neutral value. */
  readonly absentIn?: readonly WindowsFamily[];
}

/**
 * Setup of XP to 8.1 writes the first four into every interface, that of 10 does not (seen in all hives). An administrator's other choice is
 * carried to 10 as well. TCP/IP filtering went with XP and 2003; DNS servers of a network profile came with 10.
 */
const KNOWN_VALUES: readonly KnownValue[] = [
  { name: "RegistrationEnabled", neutral: dword(1), absentIn: ["10"] },
  { name: "RegisterAdapterName", neutral: dword(0), absentIn: ["10"] },
  { name: "UseZeroBroadcast", neutral: dword(0), absentIn: ["10"] },
  { name: "EnableDeadGWDetect", neutral: dword(1), absentIn: ["10"] },
  { name: "TCPAllowedPorts", neutral: texts(["0"]), families: ["xp"] },
  { name: "UDPAllowedPorts", neutral: texts(["0"]), families: ["xp"] },
  { name: "RawIPAllowedProtocols", neutral: texts(["0"]), families: ["xp"] },
  { name: "ProfileNameServer", neutral: text(""), families: ["10"] },
];

/** Values of leases, and those that fields say, are passed over even where an edited profile has them. */
export function writeRawSettings(place: InterfacePlace, key: string, raw: readonly RawSetting[]): Warning[] {
  const warnings: Warning[] = [];
  for (const { name, value } of raw.filter((setting) => isRawSetting(setting.name))) {
    const known = KNOWN_VALUES.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (known?.families !== undefined && !known.families.includes(place.family)) {
      if (!isSameData(value, known.neutral)) warnings.push(notKnownThere(name));
    } else if (!isNeutralAndAbsent(place, key, known, value)) {
      place.draft.set(key, name, value);
    }
  }
  return warnings;
}

function isNeutralAndAbsent(
  { draft, family }: InterfacePlace,
  key: string,
  known: KnownValue | undefined,
  value: RegistryData,
): boolean {
  if (known?.absentIn?.includes(family) !== true) return false;
  return isSameData(value, known.neutral) && draft.value(key, known.name) === undefined;
}

function notKnownThere(name: string): Warning {
  return {
    code: "setting-unknown-to-windows",
    message: `${name} is not carried: this Windows does not know that setting`,
  };
}
