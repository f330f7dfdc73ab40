/** What the operations return: the documents that `--json` prints, their names fixed. */
import type { AnswerFileResult } from "./answer-file/result.ts";
import type { ArrangedFirstBoot, FirstBootSummary } from "./first-boot/result.ts";
import type { ForcingSummary, HiveState, HiveSummary, ProblemReport } from "./hive-results.ts";
import type { ExitCode } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import type { ImageKind } from "../image/session.ts";
import type { Inventory } from "../inventory/model.ts";
import type { PresenceVerdict } from "../match/model.ts";
import type { PciLocation } from "../notation/pci-location.ts";
import type { Plan, PlannedDriver, PlannedSource, Step } from "../plan/model.ts";
import type { Profile } from "../profile/model.ts";
import type { RegistryData } from "../notation/registry-data.ts";
import type {
  AdapterSetting,
  DohServer,
  Ipv4Address,
  Ipv4Gateway,
  Ipv6Address,
  Ipv6Gateway,
  Ipv6Route,
  RawSetting,
  UnreadableSetting,
} from "../windows/model/settings.ts";
import type { AdapterKind, FoundedKind, MacDisagreement, MacSource, NotPhysical } from "../windows/model/windows.ts";

export interface ImageSummary {
  readonly path: string;
  readonly kind: ImageKind;
  /** The SYSTEM hive's path. */
  readonly hive: string;
}

export interface InspectedAdapter {
  readonly description: string;
  readonly hardwareIds: readonly string[];
  readonly instanceId: string | null;
  readonly location: PciLocation | null;
  readonly physical: boolean;
  /** null when it is hardware. */
  readonly notPhysical: NotPhysical | null;
  readonly kind: AdapterKind;
  /** Of a team or a virtual switch: the interfaces that it stands on; `attributed` false: those of all of its kind. null: it stands on none. */
  readonly foundation: { readonly members: readonly string[]; readonly attributed: boolean } | null;
  /** What uses it in place of TCP/IP. */
  readonly memberOf: FoundedKind | null;
  /** Windows starts its driver at boot, as for booting over the network (iSCSI). */
  readonly startsAtBoot: boolean;
  readonly disabled: boolean;
  readonly boundToTcpip: boolean;
}

export interface InspectedConnection {
  readonly number: number;
  readonly name: string | null;
  readonly guid: string;
  readonly mode: "static" | "dhcp";
  readonly presence: PresenceVerdict;
  readonly presenceReason: string;
  /** null: no adapter of the image has this interface any more. */
  readonly adapter: InspectedAdapter | null;
  readonly mac: {
    readonly permanent: string | null;
    readonly current: string | null;
    readonly source: MacSource | null;
    /** Places that say something else than `permanent`. */
    readonly disagreements: readonly MacDisagreement[];
  };
  readonly ipv4: {
    readonly addresses: readonly Ipv4Address[];
    readonly gateways: readonly Ipv4Gateway[];
    readonly dnsServers: readonly string[];
    readonly dnsSuffix: string | null;
    readonly interfaceMetric: number | null;
    readonly mtu: number | null;
  };
  readonly ipv6: {
    /** Whether DHCPv6 may be used. */
    readonly dhcp: boolean;
    /** Static ones. */
    readonly addresses: readonly Ipv6Address[];
    readonly gateways: readonly Ipv6Gateway[];
    readonly routes: readonly Ipv6Route[];
    readonly dnsServers: readonly string[];
  };
  readonly netbios: { readonly option: number | null; readonly winsServers: readonly string[] };
  /** Configured values that no field above says. */
  readonly dnsOverHttps: readonly DohServer[];
  /** What belongs to the adapter and could not be moved with the rest. */
  readonly adapterSettings: readonly AdapterSetting[];
  readonly raw: readonly RawSetting[];
  /** The interface's IPv6 records in NSI as they stand, by table and name. */
  readonly nsiRecords: readonly RawSetting[];
  /** Settings that are there and cannot be read, so that no field above has them. */
  readonly unreadable: readonly InspectedUnreadable[];
}

export interface InspectedUnreadable extends Omit<UnreadableSetting, "ipv6Record"> {
  /** Whether a move gives the record to the target as it stands, or leaves it where it is; null: it is no IPv6 record, and is not moved. */
  readonly ipv6Record: NonNullable<UnreadableSetting["ipv6Record"]> | null;
}

export interface InspectedWindows {
  /** As people say it: "7", "Server 2019". */
  readonly version: string;
  readonly build: number | null;
  /** The number behind the build (UBR), where SOFTWARE has it. */
  readonly updateRevision: number | null;
  /** "21H2". */
  readonly release: string | null;
  readonly edition: string | null;
  /** SOFTWARE's own words, which still say Windows 10 in 11. */
  readonly productName: string | null;
  readonly productType: string | null;
  /** Which hive names the version, and why it is not SOFTWARE. */
  readonly from: "SOFTWARE" | "SYSTEM";
  readonly notBySoftware: string | null;
  /** True where no hive of this version has been seen; the sentence says what that means. */
  readonly inferred: boolean;
  readonly inferredReason: string | null;
  /** The number of the current control set. */
  readonly controlSet: number;
  readonly computerName: string | null;
}

export interface InspectResult {
  readonly image: ImageSummary;
  readonly windows: InspectedWindows;
  readonly hive: HiveSummary;
  /** All of them, in the binding order, physical or not. */
  readonly connections: readonly InspectedConnection[];
  /** For each adapter of the inventory whether the image has a driver for it; null: there was no inventory. */
  readonly drivers: readonly PlannedDriver[] | null;
  /** null: the image holds nothing of a first boot. */
  readonly firstBoot: FirstBootSummary | null;
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}

export interface CaptureResult {
  readonly image: ImageSummary;
  readonly profile: Profile;
  /** The document's text, as it is saved or printed. */
  readonly text: string;
  /** Where it was saved; null when it was not. */
  readonly savedTo: string | null;
  /** Where a different profile that stood there was kept. */
  readonly formerKeptAs: string | null;
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}

export interface PlanResult {
  readonly plan: Plan;
  /** null: none was asked for, or no source can be served by one. */
  readonly answerFile: AnswerFileResult | null;
  /** null: nothing is arranged by this run, or would be. */
  readonly firstBoot: ArrangedFirstBoot | null;
  /** The document's text. */
  readonly text: string;
  readonly savedTo: string | null;
  readonly exitCode: ExitCode;
}

export interface ApplyResult {
  readonly image: ImageSummary;
  readonly sources: readonly PlannedSource[];
  readonly steps: readonly Step[];
  /** For each adapter of the inventory whether the image has a driver for it; null: there was no inventory. */
  readonly drivers: readonly PlannedDriver[] | null;
  readonly warnings: readonly Warning[];
  /** Whether the hive was written; false when there was nothing to do. */
  readonly written: boolean;
  /** When the earlier run began (ISO 8601, UTC) that had been cut short and that was completed from its log; null: there was none. */
  readonly completed: string | null;
  /** The path of the receipt that takes back what was written; of a completed run it is the one of that run. */
  readonly receipt: string | null;
  /** null: none was asked for, or no source can be served by one. */
  readonly answerFile: AnswerFileResult | null;
  /** null: nothing is arranged by this run, or would be. */
  readonly firstBoot: ArrangedFirstBoot | null;
  /** SHA-256 of the hive file before and after. */
  readonly hiveSha256: { readonly before: string; readonly after: string };
  readonly exitCode: ExitCode;
}

/** One thing that is not as it was meant. */
export interface Difference {
  readonly message: string;
  readonly key?: string | undefined;
  readonly name?: string | undefined;
  readonly meant?: RegistryData | null | undefined;
  readonly found?: RegistryData | null | undefined;
}

export interface VerifyResult {
  readonly image: ImageSummary;
  /** What the image was compared with. */
  readonly against: { readonly kind: "profile" | "receipt" | "orphans"; readonly path: string | null };
  readonly sources: readonly PlannedSource[];
  readonly differences: readonly Difference[];
  /** null: the image holds nothing of a first boot. */
  readonly firstBoot: FirstBootSummary | null;
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}

/** A key or, with `name`, a value of it that a run changed. */
export interface ChangedPlace {
  readonly key: string;
  readonly name?: string | undefined;
}

/** A change that an undo leaves as it finds it. Of a value: what it is now, what the run wrote, and what it was before; null is no value. */
export interface LeftChange extends ChangedPlace {
  readonly reason: string;
  readonly now?: RegistryData | null | undefined;
  readonly wrote?: RegistryData | null | undefined;
  readonly was?: RegistryData | null | undefined;
}

export interface UndoResult {
  readonly image: ImageSummary;
  /** The path of the receipt of the run that was undone, and when that run began (ISO 8601, UTC). */
  readonly receipt: string;
  readonly appliedAt: string;
  /** "undo": it was an undo value by value, and what that took back is applied again. */
  readonly run: "apply" | "undo";
  readonly way: "bit-for-bit" | "by-value";
  /** False for a dry run, and when there was nothing to take back. */
  readonly written: boolean;
  /** Bit for bit: file names that have their former bytes again; either way: those of a first boot that were there before. */
  readonly restored: readonly string[];
  /** Bit for bit: log files that the run had created; either way: files of a first boot. */
  readonly removed: readonly string[];
  /** By value: what takes the run back. */
  readonly steps: readonly Step[];
  /** By value: what was as before the run already. */
  readonly already: readonly ChangedPlace[];
  /** By value: what something else has changed since, and what it was left as. */
  readonly left: readonly LeftChange[];
  /** By value: when the earlier undo began (ISO 8601, UTC) that had been cut short and was completed from its log; null: there was none. */
  readonly completed: string | null;
  /** By value: the path of the receipt of the undo itself, by which it can be undone. */
  readonly undoReceipt: string | null;
  readonly hiveSha256: { readonly before: string; readonly after: string };
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}

export interface CheckResult {
  readonly image: { readonly path: string; readonly hive: string };
  /** null: it cannot be opened, and is not dirty; without a version when it is. */
  readonly hive: (HiveState & { readonly version: string | null }) | null;
  /** null: nothing needs to be forced, or was. */
  readonly forcing: ForcingSummary | null;
  readonly problems: readonly ProblemReport[];
  readonly counts: { readonly keys: number; readonly values: number };
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}

export interface InventoryResult {
  readonly inventory: Inventory;
  readonly text: string;
  readonly savedTo: string | null;
  readonly exitCode: ExitCode;
}
