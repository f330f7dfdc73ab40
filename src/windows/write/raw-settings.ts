/** Writes the values that no field of the settings says, as far as the Windows that gets them knows them. */
import type { Warning } from "../../exit/warning.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { RawSetting } from "../model/settings.ts";
import type { WindowsFamily } from "../model/windows.ts";
import { isSameData } from "../registry-data.ts";
import { isRawSetting, SETUP_VALUES } from "../settings/interface-values.ts";
import { text } from "./data.ts";
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
 * Setup of 10 writes no value that is known to all, so that the usual ones are not written there; an administrator's
 * other choice is carried to 10 as well. DNS servers of a network profile came with 10 (netioapi.h,
 * DNS_SETTING_PROFILE_NAMESERVER).
 */
const KNOWN_VALUES: readonly KnownValue[] = [
  ...SETUP_VALUES.map(({ name, value, families }): KnownValue => {
    return families === undefined ? { name, neutral: value, absentIn: ["10"] } : { name, neutral: value, families };
  }),
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
