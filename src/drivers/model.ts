/** Whether an image has a driver for an adapter: the verdict with its evidence, and what it is asked of. */
import type { InventoryAdapter } from "../inventory/model.ts";
import type { Key } from "../regf/index.ts";

export const DRIVER_VERDICTS = ["there", "missing", "unknown"] as const;

/** Best first: a device with the driver is installed; Windows' index of its driver packages has one; an INF file names the device. */
export const DRIVER_EVIDENCE = ["installed", "driver-database", "inf"] as const;

export interface DriverFinding {
  readonly verdict: (typeof DRIVER_VERDICTS)[number];
  /** How it is known, or what was looked through in vain: the end of a sentence. */
  readonly reason: string;
  /** Present where a driver was found, be it one that does not start. */
  readonly evidence?: (typeof DRIVER_EVIDENCE)[number] | undefined;
  /** The driver's INF file, `oem5.inf`, where it is known. */
  readonly inf?: string | undefined;
  /** `vmxnet3ndis6`, where it is known. */
  readonly service?: string | undefined;
  /** The driver of this very device is installed, and disabled (Start 4): to add one changes nothing. */
  readonly disabled?: true | undefined;
}

export interface AdapterDriver {
  readonly adapter: InventoryAdapter;
  readonly finding: DriverFinding;
}

/** An adapter whose driver is looked for. */
export interface Wanted {
  readonly adapter: InventoryAdapter;
  /** In upper case, most specific first. */
  readonly ids: readonly string[];
  /** Of the device that Windows knows, where it was recognised. */
  readonly instanceId: string | undefined;
}

/** `found`, or why nobody could look: the end of a sentence. */
export type Looked<T> = { readonly read: true; readonly found: T } | { readonly read: false; readonly reason: string };

/** A place in an image: down from its Windows folder, or from the root of the volume. */
export interface ImagePath {
  readonly from: "windows" | "root";
  readonly names: readonly string[];
}

export interface InfFile {
  /** `vmxnet3.inf_amd64_583434891c6e8231\vmxnet3.inf`, `oem5.inf`. */
  readonly name: string;
  /** Where it lies, for a file that was not looked for in the folders of a folder. */
  readonly folder?: ImagePath | undefined;
  /** What is larger than `maxSizeBytes` is not read. */
  read(maxSizeBytes: number): Looked<Uint8Array>;
}

/** The files of an image: found without regard to case, and never out of its volume. */
export interface DriverFiles {
  /** What this Windows calls its folder: `Windows`. */
  readonly windowsFolder: string;
  /** undefined: nobody could look. */
  has(path: ImagePath): boolean | undefined;
  /** The INF files in a folder (`deep`: in the folders of that folder), in an order that is the same each time. */
  infFiles(folder: ImagePath, deep: boolean): Looked<Iterable<InfFile>>;
  /** A look into a hive beside SYSTEM; damage in it is a reason. */
  lookInto<T>(hive: "DRIVERS" | "SOFTWARE", look: (root: Key) => T): Looked<T>;
}
