/** What a .reg text says: keys and values to set or delete, in the order in which they stand. */

/** "5.00" is Unicode text; "4" is REGEDIT4, the text of Windows 95 to NT 4, which tools still write. */
export type RegTextVersion = "5.00" | "4";

export interface RegText {
  readonly version: RegTextVersion;
  readonly entries: readonly RegEntry[];
}

interface RegPlace {
  /** The line it begins on, counted from 1; absent in texts that were not read. */
  readonly line?: number | undefined;
  /** The comment lines just before it, without their `;`. */
  readonly comments?: readonly string[] | undefined;
}

/** `path` is as written: `HKEY_LOCAL_MACHINE\SYSTEM\Select`. */
export type RegEntry =
  | (RegPlace & { readonly kind: "set-key"; readonly path: string; readonly values: readonly RegValue[] })
  | (RegPlace & { readonly kind: "delete-key"; readonly path: string });

/** The name of a key's default value (`@`) is "". */
export type RegValue =
  | (RegPlace & { readonly kind: "set-value"; readonly name: string; readonly type: number; readonly data: Uint8Array })
  | (RegPlace & { readonly kind: "delete-value"; readonly name: string });

/** The registry types that .reg text has a notation of its own for. */
export const REG_SZ = 1;
export const REG_EXPAND_SZ = 2;
export const REG_BINARY = 3;
export const REG_DWORD = 4;
export const REG_MULTI_SZ = 7;
