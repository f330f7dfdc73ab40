/** Reads registry values as what they should be; what is missing, of another type or malformed is undefined, never an error. */
import { decodeUtf16 } from "../bytes/utf16.ts";
import type { Key } from "../regf/index.ts";
import { REGISTRY_TYPES } from "../notation/registry-data.ts";

/** What a value is made of, wherever it comes from. */
export interface TypedBytes {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Texts come with their NUL; whatever follows it (Windows leaves old bytes there) is no part of the text. */
export function textOf({ type, data }: TypedBytes): string | undefined {
  if (type !== REGISTRY_TYPES.REG_SZ && type !== REGISTRY_TYPES.REG_EXPAND_SZ) return undefined;
  return untilNul(decodeUtf16(data));
}

/** The strings before the first empty one, which ends the list; a list without its closing NULs is read to its end. */
export function textsOf({ type, data }: TypedBytes): readonly string[] | undefined {
  if (type !== REGISTRY_TYPES.REG_MULTI_SZ) return undefined;
  return textsBeforeEmpty(data);
}

/** Exactly four bytes: a caller that asks Windows for a DWORD gets an error for any other size. */
export function numberOf({ type, data }: TypedBytes): number | undefined {
  if (type !== REGISTRY_TYPES.REG_DWORD || data.length !== 4) return undefined;
  return viewOf(data).getUint32(0, true);
}

export function bigNumberOf({ type, data }: TypedBytes): bigint | undefined {
  if (type !== REGISTRY_TYPES.REG_QWORD || data.length !== 8) return undefined;
  return viewOf(data).getBigUint64(0, true);
}

export function readText(key: Key | undefined, name: string): string | undefined {
  return read(key, name, textOf);
}

export function readTexts(key: Key | undefined, name: string): readonly string[] | undefined {
  return read(key, name, textsOf);
}

export function readNumber(key: Key | undefined, name: string): number | undefined {
  return read(key, name, numberOf);
}

export function readBigNumber(key: Key | undefined, name: string): bigint | undefined {
  return read(key, name, bigNumberOf);
}

/** The data of a value of any type. */
export function readBytes(key: Key | undefined, name: string): Uint8Array | undefined {
  return key?.value(name)?.data;
}

/** The strings of a list whose type is not the registry's (device properties keep lists of their own type). */
export function textsBeforeEmpty(data: Uint8Array): readonly string[] {
  const texts = decodeUtf16(data).split("\0");
  const end = texts.indexOf("");
  return end < 0 ? texts : texts.slice(0, end);
}

function untilNul(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

function read<T>(key: Key | undefined, name: string, convert: (value: TypedBytes) => T | undefined): T | undefined {
  const value = key?.value(name);
  return value === undefined ? undefined : convert(value);
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** `@net1ic64.inf,%e10d3nc.devicedesc%;Intel(R) 82574L Gigabit Network Connection`: the text after the place of its translation. */
export function withoutResource(text: string): string {
  return text.replace(/^@[^;]*;/, "");
}
