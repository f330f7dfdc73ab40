/** Registry data as Windows itself writes network settings. */
import type { RegistryData } from "../../notation/registry-data.ts";

export function dword(data: number): RegistryData {
  return { type: "REG_DWORD", data };
}

export function text(data: string): RegistryData {
  return { type: "REG_SZ", data };
}

export function texts(data: readonly string[]): RegistryData {
  return { type: "REG_MULTI_SZ", data };
}
