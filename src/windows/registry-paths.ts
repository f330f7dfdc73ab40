/** Every registry path that is read or written, once. */
import type { Guid } from "../notation/guid.ts";

/** Keys at the root of the SYSTEM hive. */
export const SELECT_KEY = "Select";
export const SETUP_KEY = "Setup";
export const BUILD_UPDATE_KEY = "Setup\\BuildUpdate";
/** Driver packages and the devices they are for: in SYSTEM what starting Windows may need, in the DRIVERS hive all (8 and later). */
export const DRIVER_DATABASE_KEY = "DriverDatabase";

/** The control set as the root holds it: `ControlSet001`. */
export function controlSetKey(number: number): string {
  return `ControlSet${String(number).padStart(3, "0")}`;
}

/** The whole path, from the root, of something below a control set. */
export function inControlSet(number: number, path: string): string {
  return `${controlSetKey(number)}\\${path}`;
}

/** The device setup class of network adapters, which names a key in three places. */
export const NET_CLASS = "{4D36E972-E325-11CE-BFC1-08002BE10318}";
/** That of system devices, among them buses that network adapters sit on (Microsoft, "System-Defined Device Setup Classes Available to Vendors"). */
export const SYSTEM_CLASS = "{4D36E97D-E325-11CE-BFC1-08002BE10318}";

// From here on, paths are below a control set.

export const CONTROL_KEY = "Control";
export const COMPUTER_NAME_KEY = "Control\\ComputerName\\ComputerName";
export const PRODUCT_OPTIONS_KEY = "Control\\ProductOptions";
/** The environment that every program begins with (seen in hives of NT 4 to 10). */
export const ENVIRONMENT_KEY = "Control\\Session Manager\\Environment";
export const CONTROL_WINDOWS_KEY = "Control\\Windows";

/** The driver of a device, by what the device's `Driver` says: `{class}\0012`. */
export function driverKey(driver: string): string {
  return `Control\\Class\\${driver}`;
}

export const NET_CLASS_KEY: string = driverKey(NET_CLASS);
export const NETWORK_KEY = "Control\\Network";
/** A key for each connection, those of hidden and absent adapters too. */
export const CONNECTIONS_KEY = `${NETWORK_KEY}\\${NET_CLASS}`;
/** Seen in hives of 10 1903 and 21H2, in none of 8.1 and before; that 11 and its servers have it is not confirmed. */
export const NETWORK_SETUP2_KEY = "Control\\NetworkSetup2";
export const NETWORK_SETUP2_INTERFACES_KEY = `${NETWORK_SETUP2_KEY}\\Interfaces`;

export const NSI_KEY = "Control\\Nsi";
/** Modules and tables of NSI as Wine's include/wine/nsi.h and its implementations of them name and number them. */
const NSI_IPV4_MODULE = "{EB004A00-9B1A-11D4-9123-0050047759BC}";
const NSI_IPV6_MODULE = "{EB004A01-9B1A-11D4-9123-0050047759BC}";
const NSI_NDIS_MODULE = "{EB004A11-9B1A-11D4-9123-0050047759BC}";
const NSI_IFINFO_TABLE = "10";
const NSI_INTERFACE_TABLE = "7";
const NSI_UNICAST_TABLE = "10";
const NSI_FORWARD_TABLE = "16";
/** Interfaces with their MAC addresses; seen in hives of 7 SP1 and 8.1, not in those of 10. */
export const NSI_NDIS_INTERFACES_KEY = `${NSI_KEY}\\${NSI_NDIS_MODULE}\\${NSI_IFINFO_TABLE}`;
/** Static addresses and routes; seen in hives of 7 SP1. */
export const NSI_IPV4_ADDRESSES_KEY = `${NSI_KEY}\\${NSI_IPV4_MODULE}\\${NSI_UNICAST_TABLE}`;
export const NSI_IPV4_ROUTES_KEY = `${NSI_KEY}\\${NSI_IPV4_MODULE}\\${NSI_FORWARD_TABLE}`;
/** Static IPv6 addresses (Xen's win-xenvif, src/xenvif/settings.c; no hive with one has been seen). */
export const NSI_IPV6_ADDRESSES_KEY = `${NSI_KEY}\\${NSI_IPV6_MODULE}\\${NSI_UNICAST_TABLE}`;
/** IPv6 routes that outlive a restart (the comments of an open tool, Network Manager's RoutesForm.cs, name the key; no hive with one has been seen). */
export const NSI_IPV6_ROUTES_KEY = `${NSI_KEY}\\${NSI_IPV6_MODULE}\\${NSI_FORWARD_TABLE}`;
/** What each interface has of its own beside addresses; seen in hives of 7, 8.1 and 10. */
export const NSI_IPV6_INTERFACES_KEY = `${NSI_KEY}\\${NSI_IPV6_MODULE}\\${NSI_INTERFACE_TABLE}`;

export const ENUM_KEY = "Enum";
const DEVICE_CLASSES_KEY = "Control\\DeviceClasses";
/** GUID_NDIS_LAN_CLASS (ndisguid.h): every adapter that NDIS starts; seen in hives of XP and later. */
export const NDIS_LAN_INTERFACE_CLASS = "{AD498944-762F-11D0-8DCB-00C04FC3358C}";
/** GUID_DEVINTERFACE_NET (Microsoft, "GUID_DEVINTERFACE_NET"): the same, Windows Vista and later. */
export const NET_INTERFACE_CLASS = "{CAC88484-7515-4C03-82E6-71A87ABAC361}";

export const TCPIP_LINKAGE_KEY = "Services\\Tcpip\\Linkage";
export const TCPIP_INTERFACES_KEY = "Services\\Tcpip\\Parameters\\Interfaces";
/** Names the interfaces that RAS dials with; seen in hives of XP SP3 and 2003. */
export const TCPIP_RAS_ADAPTER_KEY = "Services\\Tcpip\\Parameters\\Adapters\\NdisWanIp";
/** One value for each route that outlives a restart (Microsoft, "TCP/IP Implementation Details"); they belong to no interface. */
export const PERSISTENT_ROUTES_KEY = "Services\\Tcpip\\Parameters\\PersistentRoutes";

/**
 * Hyper-V's virtual switches: a key for every adapter that is connected to one. The keys, empty, were seen in a hive of 10
 * 1903; what they hold is known from public scripts (Microsoft's Get-VSwitchPathCost.ps1) only.
 */
export const SWITCH_ADAPTERS_KEY = "Services\\vmsmp\\parameters\\NicList";

/** Setup classes of network components beside the adapters: services (filters, bridges) and protocols; each names a key under `Control\Network`. */
export const NETWORK_COMPONENT_CLASSES: readonly string[] = [
  "{4D36E974-E325-11CE-BFC1-08002BE10318}",
  "{4D36E975-E325-11CE-BFC1-08002BE10318}",
];

/** The driver or service itself. */
export function serviceKey(service: string): string {
  return `Services\\${service}`;
}

/** The connection as the user sees it: its name. */
export function connectionKey(guid: Guid): string {
  return `${CONNECTIONS_KEY}\\${guid}\\Connection`;
}

/** What Windows 10 keeps of an adapter: addresses of its hardware, protocols bound to it (seen in hives of 1903 and 21H2). */
export function networkSetup2KernelKey(guid: Guid): string {
  return `${NETWORK_SETUP2_INTERFACES_KEY}\\${guid}\\Kernel`;
}

/** The connection's name once more, as the default value (seen in hives of 10 1903 and 21H2). */
export function networkSetup2AliasKey(guid: Guid): string {
  return `${NETWORK_SETUP2_INTERFACES_KEY}\\${guid}\\Properties\\{A111F1F4-5923-47C0-9A68-D0BAFB577901}\\0010`;
}

/** The interface: the connection's IPv4 settings. */
export function tcpipInterfaceKey(guid: Guid): string {
  return `${TCPIP_INTERFACES_KEY}\\${guid}`;
}

/** The same settings once more, in part; hives of XP SP3, 2003, 7 SP1 and 8.1 have it, those of 10 do not. */
export function tcpipMirrorKey(guid: Guid): string {
  return `Services\\${guid}\\Parameters\\Tcpip`;
}

/** WINS servers and the NetBIOS option (Microsoft, unattend reference, "Microsoft-Windows-NetBT"; seen in all hives). */
export function netbtInterfaceKey(guid: Guid): string {
  return `Services\\NetBT\\Parameters\\Interfaces\\Tcpip_${guid}`;
}

/** The DNS servers of IPv6 (seen in hives of 8.1; Xen's win-xenvif copies the same key). Addresses are kept by NSI alone. */
export function tcpip6InterfaceKey(guid: Guid): string {
  return `Services\\Tcpip6\\Parameters\\Interfaces\\${guid}`;
}

/** The device, `PCI\VEN_...\3&...`. */
export function deviceKey(instanceId: string): string {
  return `${ENUM_KEY}\\${instanceId}`;
}

/** Where a device registered that it is of an interface class: `##?#PCI#VEN_...#3&...#{class}`. */
export function deviceInterfaceKey(interfaceClass: string, instanceId: string): string {
  return `${DEVICE_CLASSES_KEY}\\${interfaceClass}\\##?#${instanceId.replaceAll("\\", "#")}#${interfaceClass}`;
}

export const DNS_CLIENT_KEY = "Services\\Dnscache";

/** DNS over HTTPS of a connection in Windows 11 and Server 2022, as public scripts set it up; a hive of 10 has the key empty, one of 11 has not been seen. */
export function dohSettingsKey(guid: Guid): string {
  return `${DNS_CLIENT_KEY}\\InterfaceSpecificParameters\\${guid}\\DohInterfaceSettings`;
}

/** Below the former: a key for each server, named by its address; IPv6 servers have a list of their own. */
export const DOH_LISTS = { ipv4: "Doh", ipv6: "Doh6" } as const;

/** Its service key is there in every Windows that has IPv6 (seen in hives of 7, 8.1 and 10; XP's has it only once installed). */
export const TCPIP6_KEY = "Services\\Tcpip6";

/** What a DHCP connection uses where no server answers: "Alternate configuration" of the user interface, as public scripts read and write it ("DHCP Alternate Configuration PowerShell Module"); no hive with one has been seen. */
export function alternateConfigurationKey(guid: Guid): string {
  return `Services\\Dhcp\\Configurations\\Alternate_${guid}`;
}

// Below an adapter's class key, and below a device.

/** What a driver lets a person set: a key for each property, with its default and the words for its values (Microsoft, "Specifying Configuration Parameters for the Advanced Properties Page"). */
export const ADVANCED_PROPERTIES_SUBKEY = "Ndi\\Params";

/** What an adapter is bound to, and what it stands on. */
export const LINKAGE_SUBKEY = "Linkage";

/** The device's properties of one category, a GUID in braces. */
export function devicePropertiesSubkey(category: string): string {
  return `Properties\\${category}`;
}

// Below the root of the SOFTWARE hive.

export const SOFTWARE_VERSION_KEY = "Microsoft\\Windows NT\\CurrentVersion";
export const SOFTWARE_CURRENT_VERSION_KEY = "Microsoft\\Windows\\CurrentVersion";
/** Microsoft, "Windows Setup States"; Windows XP has no such key. */
export const SETUP_STATES_KEY = "Microsoft\\Windows\\CurrentVersion\\Setup\\State";
