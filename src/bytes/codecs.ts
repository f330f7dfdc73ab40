/** The little-endian values that on-disk structures are made of. */
import type { Codec } from "./layout.ts";

export const u8: Codec<number> = {
  sizeBytes: 1,
  get: (view, offset) => view.getUint8(offset),
  set: (view, offset, value) => view.setUint8(offset, value),
};

export const u16: Codec<number> = {
  sizeBytes: 2,
  get: (view, offset) => view.getUint16(offset, true),
  set: (view, offset, value) => view.setUint16(offset, value, true),
};

export const u32: Codec<number> = {
  sizeBytes: 4,
  get: (view, offset) => view.getUint32(offset, true),
  set: (view, offset, value) => view.setUint32(offset, value, true),
};

export const i32: Codec<number> = {
  sizeBytes: 4,
  get: (view, offset) => view.getInt32(offset, true),
  set: (view, offset, value) => view.setInt32(offset, value, true),
};

export const u64: Codec<bigint> = {
  sizeBytes: 8,
  get: (view, offset) => view.getBigUint64(offset, true),
  set: (view, offset, value) => view.setBigUint64(offset, value, true),
};

/** A 32-bit number with a brand: `u32As<CellOffset>()`. */
export function u32As<T extends number>(): Codec<T> {
  return u32 as Codec<number> as Codec<T>;
}

/** Bytes without a meaning of their own; `get` returns a copy. */
export function raw(sizeBytes: number): Codec<Uint8Array> {
  return {
    sizeBytes,
    get: (view, offset) => new Uint8Array(view.buffer, view.byteOffset + offset, sizeBytes).slice(),
    set(view, offset, value) {
      if (value.length !== sizeBytes) throw new Error(`raw field: ${value.length} bytes given for ${sizeBytes}`);
      new Uint8Array(view.buffer, view.byteOffset + offset, sizeBytes).set(value);
    },
  };
}

/** Characters of one byte each, such as a signature; bytes above 0x7F come out as the Latin-1 character. */
export function ascii(sizeBytes: number): Codec<string> {
  return {
    sizeBytes,
    get(view, offset) {
      let text = "";
      for (let index = 0; index < sizeBytes; index++) text += String.fromCharCode(view.getUint8(offset + index));
      return text;
    },
    set(view, offset, value) {
      if (value.length !== sizeBytes) throw new Error(`text field: ${value.length} characters given for ${sizeBytes}`);
      for (let index = 0; index < sizeBytes; index++) view.setUint8(offset + index, value.charCodeAt(index));
    },
  };
}
