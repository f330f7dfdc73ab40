/** What the SYSTEM hive of one Windows installation says about its network: facts and evidence, never verdicts. */
import type { Guid } from "../../notation/guid.ts";
import type { MacAddress } from "../../notation/mac.ts";
import type { PciLocation } from "../../notation/pci-location.ts";
import type { ConnectionSettings } from "./settings.ts";

/** Generations that keep their network configuration differently; "10" stands for 10, 11 and their servers. */
export type WindowsFamily = "xp" | "vista" | "7" | "8" | "8.1" | "10";

export interface WindowsVersion {
  readonly family: WindowsFamily;
  /** As people say it, as far as the SYSTEM hive tells: "7", "10", "XP/2003". */
  readonly version: string;
  readonly build?: number | undefined;
  /** WinNT (client), ServerNT, LanmanNT (domain controller). */
  readonly productType?: string | undefined;
}

export interface ControlSets {
  /** The numbers of `Select`, as they stand. */
  readonly current: number;
  readonly default: number;
  readonly failed: number;
  readonly lastKnownGood: number;
  /** ControlSetNNN keys that exist, ascending. */
  readonly existing: readonly number[];
  /** The control sets that a change must reach: current, which is the one that is read; default, which the next start takes; last-known-good. Each once, those that exist. */
  readonly written: readonly number[];
}

/** A DWORD under `Setup`; 0 in an installed Windows. */
export type SetupFlag = number | "unreadable";

/**
 * Values under `Setup` that tell whether Windows is in the middle of it. All are 0 and there is no command in the hives of
 * finished XP, 7, 8.1 and 10 systems; a 2003 hive keeps the command `setup -newsetup`. SetupType 2 has the command run at
 * the next start (Microsoft KB 939857); what a generalized image has there is not confirmed.
 */
export interface SetupState {
  readonly setupType: SetupFlag;
  readonly systemSetupInProgress: SetupFlag;
  readonly oobeInProgress: SetupFlag;
  readonly commandLine: string;
}

export type MacSource = "NetworkSetup2" | "NSI" | "override" | "serial-number";

export interface ConnectionMac {
  readonly permanent?: MacAddress | undefined;
  readonly current?: MacAddress | undefined;
  /** Where the permanent address (or, without one, the current) was found. */
  readonly source?: MacSource | undefined;
}

export type AdapterKind =
  | "ethernet"
  | "wifi"
  | "bluetooth"
  | "wan-miniport"
  | "tunnel"
  | "kernel-debug"
  | "team"
  | "virtual-switch"
  | "virtual"
  | "unknown";

export interface WindowsAdapter {
  /** The four digits under the class key. */
  readonly classKey: string;
  readonly description: string;
  readonly kind: AdapterKind;
  /** NCF_PHYSICAL and not hidden (Microsoft, "DDInstall Section in a Network INF File"), and no software enumerator made it up. */
  readonly physical: boolean;
  readonly hardwareIds: readonly string[];
  readonly compatibleIds: readonly string[];
  /** The Enum path below `Enum`, `PCI\VEN_...\3&...`; absent when the device was uninstalled. */
  readonly instanceId?: string | undefined;
  /** The bus-supplied instance ID is globally unique (Capabilities 0x10). */
  readonly uniqueId: boolean;
  readonly location?: PciLocation | undefined;
  readonly locationText?: string | undefined;
  readonly locationPaths: readonly string[];
  readonly service?: string | undefined;
  /** ConfigFlags bit 0. */
  readonly disabled: boolean;
  /** Tcpip is bound to it (UpperBind, on 10 and later ProtocolList too). */
  readonly boundToTcpip: boolean;
}

/**
 * What the hive tells of when the device was last there; times are FILETIME (100 ns since 1601). Of a device that was there at the last boot, the time
 * lies within seconds of it in real hives; a slow boot deserves some minutes. A time after the boot is a device that was plugged in later, or a clock
 * that was set back. A disabled adapter arrives but does not start.
 */
export interface PresenceEvidence {
  /** When the last boot was, and which key or value says so. */
  readonly lastBoot?: { readonly time: bigint; readonly from: string } | undefined;
  /** Property 0066 (8 and later). */
  readonly lastArrival?: bigint | undefined;
  /** Property 0067 (8 and later). */
  readonly lastRemoval?: bigint | undefined;
  /** Key time of the device's network interface under DeviceClasses: when the adapter last started (XP to 7). */
  readonly lastStart?: bigint | undefined;
  /** Key time of the Enum instance key (XP to 7): stale proves absence, fresh proves nothing. */
  readonly enumKeyTime?: bigint | undefined;
}

export interface WindowsConnection {
  /** 1, 2, 3... in the order of this list. */
  readonly number: number;
  readonly guid: Guid;
  readonly name?: string | undefined;
  /** Present when the class key of the adapter exists. */
  readonly adapter?: WindowsAdapter | undefined;
  readonly mac: ConnectionMac;
  /** NET_LUID as the 16 hex digits that name its NSI records; absent before Vista. */
  readonly luid?: string | undefined;
  readonly evidence: PresenceEvidence;
  /** `Services\Tcpip\Parameters\Interfaces\{GUID}` exists. */
  readonly hasInterfaceKey: boolean;
  readonly settings: ConnectionSettings;
}

export interface Windows {
  readonly version: WindowsVersion;
  readonly computerName?: string | undefined;
  readonly controlSets: ControlSets;
  readonly setup: SetupState;
  /** In the binding order of `Tcpip\Linkage\Bind`, those that are not bound last, by class key. */
  readonly connections: readonly WindowsConnection[];
}
