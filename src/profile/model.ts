/** The saved network configuration of one machine: what capture writes, a person edits, and a plan reads. */
import type { Guid } from "../notation/guid.ts";
import type { MacAddress } from "../notation/mac.ts";
import type { PciLocation } from "../notation/pci-location.ts";
import type { Ipv4Address, Ipv4Gateway, Ipv6Settings, NetbiosSettings } from "../windows/model/settings.ts";
import type { RegistryData } from "../windows/model/registry-data.ts";

/** What apply does with a connection: give its settings to an adapter, make the adapter DHCP, or nothing. */
export type ApplyChoice = "move" | "dhcp" | "skip";

export interface ProfileConnection {
  /** Counted from 1; what `--map` and people call it. */
  readonly number: number;
  readonly name?: string | undefined;
  readonly apply: ApplyChoice;
  /** Why capture chose "skip"; for the reader. */
  readonly note?: string | undefined;
  readonly guid?: Guid | undefined;
  readonly mac: {
    readonly permanent?: MacAddress | undefined;
    readonly current?: MacAddress | undefined;
    /** The user's own addresses: pairs this connection with the adapter that has one of them. */
    readonly user: readonly MacAddress[];
  };
  readonly adapter?: {
    readonly description?: string | undefined;
    readonly hardwareIds: readonly string[];
    readonly instanceId?: string | undefined;
    readonly location?: PciLocation | undefined;
  } | undefined;
  readonly ipv4: {
    readonly mode: "static" | "dhcp";
    readonly addresses: readonly Ipv4Address[];
    readonly gateways: readonly Ipv4Gateway[];
    readonly dnsServers: readonly string[];
    readonly dnsSuffix?: string | undefined;
    readonly interfaceMetric?: number | undefined;
    readonly mtu?: number | undefined;
  };
  readonly ipv6: Ipv6Settings;
  readonly netbios: NetbiosSettings;
  /** Whatever else the interface key held, by value name. */
  readonly raw: Readonly<Record<string, RegistryData>>;
}

export interface Profile {
  readonly pintProfile: 1;
  readonly $schema?: string | undefined;
  /** The machine it was captured from. */
  readonly captured?: {
    readonly computerName?: string | undefined;
    readonly windows?: string | undefined;
    /** ISO 8601, UTC. */
    readonly at?: string | undefined;
    readonly from?: string | undefined;
  } | undefined;
  readonly connections: readonly ProfileConnection[];
}
