/** Reads what belongs to a connection's adapter and cannot be given to another: unticked IPv6, changed driver properties, the alternate configuration, IPv6 of the interface. */
import type { Guid } from "../../notation/guid.ts";
import type { Key } from "../../regf/index.ts";
import type { ClassKey } from "../adapters/class-keys.ts";
import { ETHERNET, typeInLuid } from "../luid.ts";
import type { AdapterSetting } from "../model/settings.ts";
import { firstChangedByte } from "../nsi/ipv6-interface-record.ts";
import {
  ADVANCED_PROPERTIES_SUBKEY,
  alternateConfigurationKey,
  NSI_IPV6_INTERFACES_KEY,
  TCPIP6_KEY,
} from "../registry-paths.ts";
import { readText, withoutResource } from "../registry-values.ts";

/** What Windows calls IPv6 among an adapter's protocols. */
export const TCPIP6_BINDING = "ms_tcpip6";

/** `classKey` is undefined for an interface whose adapter is gone; `luid` is that of its NSI records, which other places may tell. */
export function readAdapterSettings(
  controlSet: Key,
  guid: Guid,
  classKey: ClassKey | undefined,
  luid: string | undefined,
): readonly AdapterSetting[] {
  const ofAdapter =
    classKey === undefined ? [] : [...untickedProtocols(controlSet, classKey), ...changedProperties(classKey.key)];
  return [...ofAdapter, ...alternateConfiguration(controlSet, guid), ...ipv6Interface(controlSet, luid)];
}

/** An unticked protocol is missing in UpperBind (seen in a Windows 7 SP1 hive, where IPv6 is unticked on one adapter of two). */
function untickedProtocols(controlSet: Key, { upperBind }: ClassKey): readonly AdapterSetting[] {
  const names = upperBind.map((name) => name.toLowerCase());
  if (!names.includes("tcpip") || names.includes("tcpip6") || controlSet.open(TCPIP6_KEY) === undefined) return [];
  return [{ kind: "binding", name: TCPIP6_BINDING, text: "IPv6 is unticked" }];
}

/** Of some 60 properties in hives of XP SP3, 7 SP1, 8.1 and 10 that nobody had changed, none differs from its default. */
function changedProperties(classKey: Key): readonly AdapterSetting[] {
  const found: AdapterSetting[] = [];
  for (const property of classKey.open(ADVANCED_PROPERTIES_SUBKEY)?.subkeys() ?? []) {
    const value = readText(classKey, property.name);
    const byDefault = readText(property, "default");
    if (value === undefined || byDefault === undefined || value.toLowerCase() === byDefault.toLowerCase()) continue;
    const words = (text: string): string =>
      withoutResource(readText(property.subkey("enum"), text) ?? (text || "empty"));
    const called = withoutResource(readText(property, "ParamDesc") ?? property.name);
    const text = `${called} is ${words(value)} (the driver's own: ${words(byDefault)})`;
    found.push({ kind: "advanced-property", name: property.name, text });
  }
  return found;
}

function alternateConfiguration(controlSet: Key, guid: Guid): readonly AdapterSetting[] {
  if (controlSet.open(alternateConfigurationKey(guid)) === undefined) return [];
  const text = "there is an alternate configuration, for when no DHCP server answers";
  return [{ kind: "alternate-configuration", name: "Alternate_", text }];
}

function ipv6Interface(controlSet: Key, luid: string | undefined): readonly AdapterSetting[] {
  // A tunnel's record is another one.
  if (luid === undefined || typeInLuid(luid) !== ETHERNET) return [];
  const record = controlSet.open(NSI_IPV6_INTERFACES_KEY)?.value(luid)?.data;
  const changed = record === undefined ? undefined : firstChangedByte(record);
  if (changed === undefined) return [];
  const text = `IPv6 has interface settings of its own (its NSI record is not Windows' own from byte ${changed} on)`;
  return [{ kind: "ipv6-interface", name: luid, text }];
}
