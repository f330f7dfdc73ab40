/** One registry value's type and data in a form that JSON can hold and that gives back the same bytes. */
import { fromHex } from "../bytes/hex.ts";

/** The types that have a name, with the numbers that winnt.h gives them. */
export const REGISTRY_TYPES = {
  REG_NONE: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_MULTI_SZ: 7,
  REG_QWORD: 11,
} as const;

export type RegistryTypeName = keyof typeof REGISTRY_TYPES;

/** `type` is a name (`REG_SZ`) or, for types that have none, the number. */
export interface RegistryData {
  readonly type: RegistryTypeName | number;
  /**
   * REG_SZ and REG_EXPAND_SZ: text; REG_MULTI_SZ: list of texts; REG_DWORD: number; everything else, and whatever would
   * not give back the same bytes, as hex digits.
   */
  readonly data: string | readonly string[] | number | { readonly hex: string };
}

export type RegistryDataForm = "text" | "list" | "number" | "bytes";

/** What a REG_DWORD and the number of a type can be. */
const MAX_DWORD = 0xffff_ffff;

const NAMES = new Map<number, RegistryTypeName>(
  Object.entries(REGISTRY_TYPES).map(([name, number]) => [number, name as RegistryTypeName]),
);

/** The type's name, or its number where it has none (device properties have types such as 0xFFFF0010). */
export function registryTypeName(type: number): RegistryTypeName | number {
  return NAMES.get(type) ?? type;
}

/** The form that a type's data have beside bytes, which fit every type. A number in place of a name says that only the bytes count. */
export function formOfType(type: RegistryData["type"]): RegistryDataForm {
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return "text";
    case "REG_MULTI_SZ":
      return "list";
    case "REG_DWORD":
      return "number";
    default:
      return "bytes";
  }
}

function formOfData(data: RegistryData["data"]): RegistryDataForm {
  if (typeof data === "string") return "text";
  if (typeof data === "number") return "number";
  return "hex" in data ? "bytes" : "list";
}

/** Whether data of that type may be written so. */
export function formFits({ type, data }: RegistryData): boolean {
  const form = formOfData(data);
  return form === "bytes" || form === formOfType(type);
}

/** Why type and data do not go together, as a sentence; undefined when they do. */
export function registryDataMisfit({ type, data }: RegistryData): string | undefined {
  if (typeof type === "number" && !isDword(type)) return `${type} is not the number of a registry type`;
  if (!formFits({ type, data })) {
    return `${typeof type === "number" ? `registry type ${type}` : type} does not hold ${FORM_NAMES[formOfData(data)]}`;
  }
  if (typeof data === "string") return undefined;
  if (typeof data === "number") {
    return isDword(data) ? undefined : `${data} is not a whole number from 0 to ${MAX_DWORD}`;
  }
  if ("hex" in data) return fromHex(data.hex) === undefined ? `"${data.hex}" is not pairs of hex digits` : undefined;
  const joined = data.find((text) => text.includes("\0"));
  return joined === undefined ? undefined : `"${joined}" holds a NUL, which ends a text in a list`;
}

const FORM_NAMES = {
  text: "a text",
  list: "a list of texts",
  number: "a number",
  bytes: "bytes",
} as const satisfies Record<RegistryDataForm, string>;

function isDword(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_DWORD;
}
