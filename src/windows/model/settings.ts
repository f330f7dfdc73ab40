/** The network settings of one connection, as a person would say them. */
import type { RegistryData } from "../../notation/registry-data.ts";

export interface Ipv4Address {
  readonly address: string;
  /** 0 to 32. */
  readonly prefixLength: number;
}

export interface Ipv4Gateway {
  readonly address: string;
  /** 0 is "automatic": Windows' user interface writes it so (seen in 2003 and 7 hives). */
  readonly metric: number;
}

export interface Ipv4Settings {
  /**
   * `EnableDHCP` 0 is static, as in every static interface of the hives that were read; 1 is dhcp. That no
   * value means dhcp too is not confirmed: in those hives only keys without any value lack it.
   */
  readonly mode: "static" | "dhcp";
  readonly addresses: readonly Ipv4Address[];
  readonly gateways: readonly Ipv4Gateway[];
  /** Servers that were typed in (`NameServer`), never those that DHCP gave. */
  readonly dnsServers: readonly string[];
  /** The connection's own suffix (`Domain`); absent when empty. */
  readonly dnsSuffix?: string | undefined;
  readonly interfaceMetric?: number | undefined;
  readonly mtu?: number | undefined;
}

export interface NetbiosSettings {
  /**
   * `NetbiosOptions`: 0 as DHCP says, 1 on, 2 off (Microsoft, unattend reference, "Microsoft-Windows-NetBT", and
   * Win32_NetworkAdapterConfiguration.TcpipNetbiosOptions); absent when Windows has no value.
   */
  readonly option?: number | undefined;
  readonly winsServers: readonly string[];
}

export interface Ipv6Address {
  /** In its shortest form (RFC 5952), without a zone. */
  readonly address: string;
  /** 0 to 128. */
  readonly prefixLength: number;
}

/** A default route that outlives a restart. */
export interface Ipv6Gateway {
  /** Usually a link-local one. */
  readonly address: string;
  /** 0 is "automatic". */
  readonly metric: number;
}

/** Any other route that outlives a restart. */
export interface Ipv6Route {
  readonly prefix: string;
  /** 1 to 128. */
  readonly prefixLength: number;
  /** `::` where the prefix is on the link itself. */
  readonly nextHop: string;
  /** 0 is "automatic". */
  readonly metric: number;
}

/** What is static of IPv6. Beside it Windows has addresses and routes that it makes itself or learns from routers and DHCPv6: those are no settings. */
export interface Ipv6Settings {
  /** Whether DHCPv6 may be used (`EnableDHCP` of Tcpip6's interface key, seen as 1 in hives of 10); absent: as Windows does unasked, which is yes. */
  readonly dhcp?: boolean | undefined;
  readonly addresses: readonly Ipv6Address[];
  readonly gateways: readonly Ipv6Gateway[];
  readonly routes: readonly Ipv6Route[];
  /** Servers that were typed in (`NameServer` of Tcpip6's interface key). */
  readonly dnsServers: readonly string[];
}

/** A value that no field above says, kept as it stood so that nothing is lost. */
export interface RawSetting {
  readonly name: string;
  readonly value: RegistryData;
}

/** A value that should be a setting and is not: of the wrong type, or a text that is no address. It is told, and not moved unless `ipv6Record` says so. */
export interface UnreadableSetting {
  readonly name: string;
  readonly value: RegistryData;
  /** Goes on after the value's name: `holds "10.0.0.300", which is not an IPv4 address`. */
  readonly reason: string;
  /**
   * Of NSI's IPv6 records only. as-it-stands: an address record whose name is understood; it is given to the target with its data as they are, as Xen's
   * drivers do with any (win-xenvif, src/xenvif/settings.c). left: any other, which stays where it is.
   */
  readonly ipv6Record?: "as-it-stands" | "left" | undefined;
}

/** A static IPv6 address or route in NSI whose LUID is that of no connection: whose it was cannot be told. */
export interface OwnerlessIpv6 {
  /** Sixteen hex digits in lower case. */
  readonly luid: string;
  /** The record as the image names it: `10\0000000700000600...`. */
  readonly record: string;
  /** `2001:db8::5/64`, `2001:db8:1::/48 by fe80::1`; absent where its data cannot be read. */
  readonly text?: string | undefined;
}

/** A DNS server that is asked over HTTPS (Windows 11 and Server 2022): the values of its key, DohFlags and DohTemplate. */
export interface DohServer {
  /** IPv4 or IPv6. */
  readonly server: string;
  readonly values: readonly RawSetting[];
}

/**
 * What belongs to the adapter, or names its GUID, so that it cannot be given to another one: it is told, and never moved.
 * binding: a component that is unticked. advanced-property: a driver's property that is not as the driver has it (VLAN, jumbo frames). ipv6-interface: what
 * the interface has of its own for IPv6 beside addresses (netsh interface ipv6 set interface), of which only that it is there can be told.
 */
export interface AdapterSetting {
  readonly kind: "binding" | "advanced-property" | "alternate-configuration" | "ipv6-interface";
  /** As the registry says it: `*JumboPacket`. */
  readonly name: string;
  /** As a person reads it: `Jumbo Packet is 9014 Bytes (the driver's own: Disabled)`. */
  readonly text: string;
}

export interface ConnectionSettings {
  readonly ipv4: Ipv4Settings;
  readonly ipv6: Ipv6Settings;
  readonly netbios: NetbiosSettings;
  /** Absent or empty: none. */
  readonly dnsOverHttps?: readonly DohServer[] | undefined;
  /** Absent where nobody looked: a profile that a person wrote. */
  readonly adapterSettings?: readonly AdapterSetting[] | undefined;
  /** Configurable values of the Tcpip interface key that no field above says (RegistrationEnabled, TcpAckFrequency...), never leases or Dhcp*. */
  readonly raw: readonly RawSetting[];
  /**
   * The interface's IPv6 records in NSI as they stand, understood or not, by table and name (`10\0000000700000620...`), so that nothing is lost. They are
   * for the reader: what is moved is copied in the hive, never from here. Reading a hive always gives the list.
   */
  readonly nsiRecords?: readonly RawSetting[] | undefined;
  /** Settings that are there but cannot be read; reading a hive always gives the list. */
  readonly unreadable?: readonly UnreadableSetting[] | undefined;
}
