/** One registry value's type and data in a form that JSON can hold and that gives back the same bytes. */

/** `type` is a name (`REG_SZ`) or, for types that have none, the number. */
export interface RegistryData {
  readonly type: RegistryTypeName | number;
  /**
   * REG_SZ and REG_EXPAND_SZ: text; REG_MULTI_SZ: list of texts; REG_DWORD: number; everything else, and whatever would
   * not give back the same bytes, as hex digits.
   */
  readonly data: string | readonly string[] | number | { readonly hex: string };
}

export type RegistryTypeName =
  | "REG_NONE"
  | "REG_SZ"
  | "REG_EXPAND_SZ"
  | "REG_BINARY"
  | "REG_DWORD"
  | "REG_MULTI_SZ"
  | "REG_QWORD";
