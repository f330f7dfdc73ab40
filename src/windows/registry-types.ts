/** The numbers of the registry's value types, as winnt.h has them. */
import type { RegistryTypeName } from "./model/registry-data.ts";

export const REGISTRY_TYPES = {
  REG_NONE: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_MULTI_SZ: 7,
  REG_QWORD: 11,
} as const satisfies Record<RegistryTypeName, number>;

const NAMES = new Map<number, RegistryTypeName>(
  Object.entries(REGISTRY_TYPES).map(([name, number]) => [number, name as RegistryTypeName]),
);

/** The type's name, or its number where it has none (device properties have types such as 0xFFFF0010). */
export function registryTypeName(type: number): RegistryTypeName | number {
  return NAMES.get(type) ?? type;
}
