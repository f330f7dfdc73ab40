/** One change of the registry, and what stood there before: what plans, receipts and undo are made of. */
import type { RegistryData } from "../../notation/registry-data.ts";

/** `key` is the whole path below the hive's root: `ControlSet001\Services\Tcpip\...`. */
export type Change =
  | {
      readonly kind: "set-value";
      readonly key: string;
      readonly name: string;
      readonly type: RegistryData["type"];
      readonly data: RegistryData["data"];
      readonly was: RegistryData | null;
    }
  | { readonly kind: "delete-value"; readonly key: string; readonly name: string; readonly was: RegistryData }
  | { readonly kind: "create-key"; readonly key: string }
  | { readonly kind: "delete-key"; readonly key: string };
