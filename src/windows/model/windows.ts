/** What the SYSTEM hive of one Windows installation says about its network: facts and evidence, never verdicts. */
import type { Guid } from "../../notation/guid.ts";
import type { MacAddress } from "../../notation/mac.ts";
import type { PciLocation } from "../../notation/pci-location.ts";
import type { ConnectionSettings, OwnerlessIpv6 } from "./settings.ts";

/** Generations that keep their network configuration differently; "10" stands for 10, 11 and their servers. */
export type WindowsFamily = "xp" | "vista" | "7" | "8" | "8.1" | "10";

/** What the SOFTWARE hive says of the Windows that SYSTEM belongs to; every value as it stands, absent where it is not there. */
export interface SoftwareFacts {
  /** "17763", as text. */
  readonly currentBuild?: string | undefined;
  /** "6.1"; "6.3" in 8.1 and everything after it. */
  readonly currentVersion?: string | undefined;
  /** Update Build Revision: the number behind the build, 10 and later. */
  readonly updateRevision?: number | undefined;
  /** "Windows Server 2019 Standard". */
  readonly productName?: string | undefined;
  readonly edition?: string | undefined;
  /** "Client", "Server", "Server Core". */
  readonly installationType?: string | undefined;
  /** "21H2"; before 10 2009 it is ReleaseId. */
  readonly release?: string | undefined;
  readonly imageState?: string | undefined;
}

export type SoftwareReading =
  | { readonly read: true; readonly found: SoftwareFacts }
  /** `reason`: the end of a sentence. */
  | { readonly read: false; readonly reason: string };

export interface WindowsVersion {
  readonly family: WindowsFamily;
  /** As people say it: "7", "10", "Server 2019"; by the SYSTEM hive alone it may be less exact: "XP/2003", "Server 2016 or later". */
  readonly version: string;
  readonly build?: number | undefined;
  /** The hive that names the version; SYSTEM knows it by its structure only. */
  readonly from: "SOFTWARE" | "SYSTEM";
  /** Why it is not SOFTWARE; absent when it is. */
  readonly notBySoftware?: string | undefined;
  /** Why no hive of this version stands behind what is done with it; absent for those that were seen. */
  readonly inferred?: string | undefined;
  /** SOFTWARE's words for it. */
  readonly productName?: string | undefined;
  readonly edition?: string | undefined;
  readonly release?: string | undefined;
  readonly updateRevision?: number | undefined;
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
  /** The answer file that Setup takes before any other (`UnattendFile`; Microsoft, "Windows Setup Automation Overview"); absent in the hives that were read. */
  readonly answerFile?: string | undefined;
  /** What SOFTWARE says of the phases of Setup (`ImageState`); `state` is absent where the value is. */
  readonly image:
    | { readonly known: true; readonly state?: string | undefined }
    | { readonly known: false; readonly reason: string };
}

/** The rungs of the ladder, best first: what is stored, what the user set, what an instance ID says. */
export type MacSource = "NetworkSetup2" | "NSI" | "override" | "serial-number";

/** A place that says something else than the rung that was believed. */
export interface MacDisagreement {
  /** "DHCPv6 IAID": the identifier that DHCPv6 made of the adapter's address holds its first three bytes. */
  readonly source: MacSource | "DHCPv6 IAID";
  /** A whole address, or the three bytes of its maker: `00-0C-29`. */
  readonly address: string;
}

export interface ConnectionMac {
  readonly permanent?: MacAddress | undefined;
  readonly current?: MacAddress | undefined;
  /** Where the permanent address (or, without one, the current) was found. */
  readonly source?: MacSource | undefined;
  /** The places that disagree with the permanent address; reading a hive always gives the list. */
  readonly disagreements?: readonly MacDisagreement[] | undefined;
}

export type AdapterKind =
  | "ethernet"
  | "wifi"
  | "bluetooth"
  | "wan-miniport"
  | "tunnel"
  | "kernel-debug"
  /** Several adapters as one: LBFO's, a vendor's, or from 8 on a network bridge, which is made of the same parts. */
  | "team"
  /** The host's own adapter on a Hyper-V switch. */
  | "virtual-switch"
  /** A USB adapter whose other end is the server's management controller (iDRAC, IMM, iLO). */
  | "management-controller"
  /** One of the shares of an adapter that a hypervisor gives to its guests (SR-IOV). */
  | "sr-iov-function"
  | "virtual"
  | "unknown";

/** What a team or a virtual switch stands on. */
export interface Foundation {
  /** The interfaces of its members or uplinks, whether their adapters still exist or not. */
  readonly members: readonly Guid[];
  /** False where this Windows has several teams (or switches), and which member is whose cannot be told. */
  readonly attributed: boolean;
}

/** The kinds of adapters that stand on others. */
export type FoundedKind = "team" | "virtual-switch";

/** Why an adapter is not taken for hardware. */
export type NotPhysical = "driver-does-not-say-so" | "hidden" | "made-by-software";

export interface WindowsAdapter {
  /** The four digits under the class key. */
  readonly classKey: string;
  readonly description: string;
  readonly kind: AdapterKind;
  /** NCF_PHYSICAL and not hidden (Microsoft, "DDInstall Section in a Network INF File"), and no software enumerator made it up. */
  readonly physical: boolean;
  /** Present when `physical` is false. */
  readonly notPhysical?: NotPhysical | undefined;
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
  /** Present for teams and virtual switches. */
  readonly foundation?: Foundation | undefined;
  /** What uses it in place of TCP/IP: it is a member of a team, or the uplink of a virtual switch. */
  readonly memberOf?: FoundedKind | undefined;
  /** Its driver is started by the boot loader, as Windows has it when it boots over the network (iSCSI). */
  readonly startsAtBoot?: boolean | undefined;
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
  /** `PROCESSOR_ARCHITECTURE` of its environment: AMD64, x86, ARM64. */
  readonly processorArchitecture?: string | undefined;
  readonly controlSets: ControlSets;
  readonly setup: SetupState;
  /** The service of a failover cluster is there and starts. */
  readonly isClusterNode: boolean;
  /** In the binding order of `Tcpip\Linkage\Bind`, those that are not bound last, by class key. */
  readonly connections: readonly WindowsConnection[];
  /** Of the control set that is read; none before Vista. */
  readonly ownerlessIpv6: readonly OwnerlessIpv6[];
}
