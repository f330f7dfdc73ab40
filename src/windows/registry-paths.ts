/** Every registry path that is read or written, once. */
import type { Guid } from "../notation/guid.ts";

/** Keys at the root of the SYSTEM hive. */
export const SELECT_KEY = "Select";
export const SETUP_KEY = "Setup";
export const BUILD_UPDATE_KEY = "Setup\\BuildUpdate";
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

// From here on, paths are below a control set.

export const COMPUTER_NAME_KEY = "Control\\ComputerName\\ComputerName";
export const PRODUCT_OPTIONS_KEY = "Control\\ProductOptions";
export const CONTROL_WINDOWS_KEY = "Control\\Windows";

export const NET_CLASS_KEY = `Control\\Class\\${NET_CLASS}`;
export const NETWORK_KEY = "Control\\Network";
export const NETWORK_SETUP2_KEY = "Control\\NetworkSetup2";

export const NSI_KEY = "Control\\Nsi";
/** The NDIS module's table of interfaces (10 in Wine's include/wine/nsi.h: NSI_NDIS_IFINFO_TABLE). */
export const NSI_NDIS_INTERFACES_KEY = `${NSI_KEY}\\{EB004A11-9B1A-11D4-9123-0050047759BC}\\10`;

export const ENUM_KEY = "Enum";
export const DEVICE_CLASSES_KEY = "Control\\DeviceClasses";
/** GUID_NDIS_LAN_CLASS: every adapter that NDIS starts, Windows XP and later. */
export const NDIS_LAN_INTERFACE_CLASS = "{AD498944-762F-11D0-8DCB-00C04FC3358C}";
/** GUID_DEVINTERFACE_NET: the same, Windows Vista and later. */
export const NET_INTERFACE_CLASS = "{CAC88484-7515-4C03-82E6-71A87ABAC361}";

export const TCPIP_LINKAGE_KEY = "Services\\Tcpip\\Linkage";
export const TCPIP_INTERFACES_KEY = "Services\\Tcpip\\Parameters\\Interfaces";
/** Names the interfaces that RAS dials with, XP and 2003. */
export const TCPIP_RAS_ADAPTER_KEY = "Services\\Tcpip\\Parameters\\Adapters\\NdisWanIp";
/** One value for each route that outlives a restart; they belong to no interface. */
export const PERSISTENT_ROUTES_KEY = "Services\\Tcpip\\Parameters\\PersistentRoutes";

/** The connection as the user sees it: its name. */
export function connectionKey(guid: Guid): string {
  return `${NETWORK_KEY}\\${NET_CLASS}\\${guid}\\Connection`;
}

/** What Windows 10 and later keep of an adapter: addresses of its hardware, protocols bound to it. */
export function networkSetup2KernelKey(guid: Guid): string {
  return `${NETWORK_SETUP2_KEY}\\Interfaces\\${guid}\\Kernel`;
}

/** The interface: the connection's IPv4 settings. */
export function tcpipInterfaceKey(guid: Guid): string {
  return `${TCPIP_INTERFACES_KEY}\\${guid}`;
}

/** The same settings once more, in part; Windows XP to 8.1 have it, 10 does not. */
export function tcpipMirrorKey(guid: Guid): string {
  return `Services\\${guid}\\Parameters\\Tcpip`;
}

/** WINS servers and the NetBIOS option. */
export function netbtInterfaceKey(guid: Guid): string {
  return `Services\\NetBT\\Parameters\\Interfaces\\Tcpip_${guid}`;
}

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

/** DNS over HTTPS of a connection (Windows 11 and Server 2022). */
export function dohSettingsKey(guid: Guid): string {
  return `Services\\Dnscache\\InterfaceSpecificParameters\\${guid}\\DohInterfaceSettings`;
}
