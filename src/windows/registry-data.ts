/** Turns a registry value into data that JSON can hold, and back into the very same bytes. */
import { fromHex, toHex } from "../bytes/hex.ts";
import { sameBytes } from "../bytes/same.ts";
import { decodeUtf16, encodeUtf16 } from "../bytes/utf16.ts";
import { REGISTRY_TYPES, type RegistryData, registryDataMisfit, registryTypeName } from "../notation/registry-data.ts";
import type { TypedBytes } from "./registry-values.ts";

const NUL = "\0";

/** As a person would write it, where that gives back the same bytes; else as hex digits. */
export function registryData({ type, data }: TypedBytes): RegistryData {
  const named = registryTypeName(type);
  return { type: named, data: readable(type, data) ?? { hex: toHex(data) } };
}

/** The type's number and the bytes. Throws TypeError when type and data do not go together (`registryDataMisfit` says how). */
export function registryBytes(value: RegistryData): TypedBytes {
  const misfit = registryDataMisfit(value);
  if (misfit !== undefined) throw new TypeError(misfit);
  return { type: typeof value.type === "number" ? value.type : REGISTRY_TYPES[value.type], data: bytesOf(value.data) };
}

/** By type and bytes: two ways to write the same bytes are the same. null is no value. */
export function isSameData(left: RegistryData | null, right: RegistryData | null): boolean {
  if (left === null || right === null) return left === right;
  const [one, other] = [registryBytes(left), registryBytes(right)];
  return one.type === other.type && sameBytes(one.data, other.data);
}

function readable(type: number, data: Uint8Array): RegistryData["data"] | undefined {
  switch (type) {
    case REGISTRY_TYPES.REG_SZ:
    case REGISTRY_TYPES.REG_EXPAND_SZ:
      return withoutFinalNul(data);
    case REGISTRY_TYPES.REG_MULTI_SZ:
      return listOf(data);
    case REGISTRY_TYPES.REG_DWORD:
      return data.length === 4 ? new DataView(data.buffer, data.byteOffset, 4).getUint32(0, true) : undefined;
    default:
      return undefined;
  }
}

function bytesOf(data: RegistryData["data"]): Uint8Array {
  if (typeof data === "string") return encodeUtf16(data + NUL);
  if (typeof data === "number") {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, data, true);
    return bytes;
  }
  if ("hex" in data) return fromHex(data.hex) ?? new Uint8Array();
  return encodeUtf16(data.map((text) => text + NUL).join("") + NUL);
}

/** A text ends with exactly one NUL; anything else is not what a person means by a text. */
function withoutFinalNul(data: Uint8Array): string | undefined {
  if (data.length % 2 !== 0) return undefined;
  const text = decodeUtf16(data);
  return text.endsWith(NUL) && text.indexOf(NUL) === text.length - 1 ? text.slice(0, -1) : undefined;
}

/** Every text of a list ends with NUL, and the list with one more: an empty list is two bytes. */
function listOf(data: Uint8Array): readonly string[] | undefined {
  if (data.length % 2 !== 0) return undefined;
  const text = decodeUtf16(data);
  if (!text.endsWith(NUL)) return undefined;
  const texts = text.slice(0, -1);
  if (texts === "") return [];
  if (!texts.endsWith(NUL)) return undefined;
  const list = texts.slice(0, -1).split(NUL);
  return list.includes("") ? undefined : list;
}
