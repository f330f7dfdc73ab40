/** The network adapters of the machine that the image will boot on, whoever told us of them. */
import type { MacAddress } from "../notation/mac.ts";
import type { PciLocation } from "../notation/pci-location.ts";

/**
 * How each thing that is said of an adapter is known, in words for a person: "NetworkSetup2", "derived from the PCI
 * Express serial number". Absent where nobody said, as in a document that was written by hand.
 */
export interface AdapterKnowledge {
  readonly mac?: string | undefined;
  readonly hardwareIds?: string | undefined;
  readonly location?: string | undefined;
  readonly instanceId?: string | undefined;
  /** Why the adapter counts as part of the machine now. */
  readonly presence?: string | undefined;
}

export interface InventoryAdapter {
  readonly description?: string | undefined;
  /** Absent when nobody said; a Wi-Fi adapter is part of the machine, but no target for a wired connection. */
  readonly kind?: "ethernet" | "wifi" | undefined;
  readonly mac: { readonly permanent?: MacAddress | undefined; readonly current?: MacAddress | undefined };
  /** PnP hardware IDs, most specific first: `PCI\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00`. */
  readonly hardwareIds: readonly string[];
  readonly location?: PciLocation | undefined;
  /** Windows' location paths, which do not depend on bus numbers: `PCIROOT(0)#PCI(1500)#PCI(0000)`. */
  readonly locationPaths?: readonly string[] | undefined;
  /** A PnP device instance path, where the teller knew one. */
  readonly instanceId?: string | undefined;
  readonly known?: AdapterKnowledge | undefined;
}

export interface Inventory {
  /** Who told us: a document's path, or "this machine (/sys)". */
  readonly origin: string;
  readonly adapters: readonly InventoryAdapter[];
  /** What was left out and why, and what is not known, in sentences for a person. */
  readonly notes?: readonly string[] | undefined;
}
