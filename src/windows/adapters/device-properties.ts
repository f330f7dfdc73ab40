/** Reads the properties that PnP keeps with a device, in the form of Vista and 7 or in that of 8 and later. */
import type { Key } from "../../regf/index.ts";
import { devicePropertiesSubkey } from "../registry-paths.ts";
import { textsBeforeEmpty } from "../registry-values.ts";

/** A DEVPROPKEY: what devpkey.h names. */
export interface PropertyKey {
  readonly category: string;
  readonly id: number;
}

/** The instance ID of the device that it hangs on (8 and later). */
export const LAST_KNOWN_PARENT: PropertyKey = { category: "{83da6326-97a6-4088-9453-a1923f573b29}", id: 0x0a };
export const LAST_ARRIVAL_DATE: PropertyKey = { category: "{83da6326-97a6-4088-9453-a1923f573b29}", id: 0x66 };
export const LAST_REMOVAL_DATE: PropertyKey = { category: "{83da6326-97a6-4088-9453-a1923f573b29}", id: 0x67 };
export const LOCATION_PATHS: PropertyKey = { category: "{a45c254e-df1c-4efd-8020-67d146a850e0}", id: 0x25 };

/** DEVPROP_TYPE_ numbers of devpropdef.h. */
const FILETIME = 0x10;
const STRING = 0x12;
const STRING_LIST = 0x2012;

/** Windows 8 and later put 0xFFFF above the property's type to make the registry value's type (seen in hives of 8.1 and 10). */
const REGISTRY_TYPE_BASE = 0xffff_0000;

/** A moment, in 100 ns since 1601. */
export function readTimeProperty(device: Key, property: PropertyKey): bigint | undefined {
  const data = propertyData(device, property, FILETIME);
  if (data === undefined || data.length !== 8) return undefined;
  return new DataView(data.buffer, data.byteOffset, 8).getBigUint64(0, true);
}

export function readTextProperty(device: Key, property: PropertyKey): string | undefined {
  const data = propertyData(device, property, STRING);
  return data === undefined ? undefined : textsBeforeEmpty(data)[0];
}

export function readTextsProperty(device: Key, property: PropertyKey): readonly string[] | undefined {
  const data = propertyData(device, property, STRING_LIST);
  return data === undefined ? undefined : textsBeforeEmpty(data);
}

function propertyData(device: Key, { category, id }: PropertyKey, type: number): Uint8Array | undefined {
  const properties = device.open(devicePropertiesSubkey(category));
  const value = properties?.subkey(hexName(id, 4))?.value("");
  if (value !== undefined) return value.type === REGISTRY_TYPE_BASE + type ? value.data : undefined;
  const key = properties?.open(`${hexName(id, 8)}\\00000000`);
  const typeBytes = key?.value("Type")?.data;
  if (typeBytes === undefined || typeBytes.length !== 4) return undefined;
  if (new DataView(typeBytes.buffer, typeBytes.byteOffset, 4).getUint32(0, true) !== type) return undefined;
  return key?.value("Data")?.data;
}

function hexName(id: number, digitCount: number): string {
  return id.toString(16).padStart(digitCount, "0");
}
