/** Tells which Windows it is: by what SOFTWARE says, or by what its SYSTEM hive holds, which does not name the version. */
import type { Key } from "../regf/index.ts";
import type { SoftwareFacts, SoftwareReading, WindowsFamily, WindowsVersion } from "./model/windows.ts";
import {
  BUILD_UPDATE_KEY,
  CONTROL_WINDOWS_KEY,
  DRIVER_DATABASE_KEY,
  deviceKey,
  NETWORK_SETUP2_KEY,
  NSI_KEY,
  PRODUCT_OPTIONS_KEY,
} from "./registry-paths.ts";
import { readBigNumber, readNumber, readText } from "./registry-values.ts";
import { familyOfBuild, versionName, whyInferred } from "./version-names.ts";

/** `software`: what the other hive says, which is exact; the structure decides alone where that hive could not be read, or is of another Windows. */
export function readVersion(root: Key, controlSet: Key, software: SoftwareReading): WindowsVersion {
  const structure = familyOf(root, controlSet);
  const productType = readText(controlSet.open(PRODUCT_OPTIONS_KEY), "ProductType");
  const exact = exactVersion(structure, software);
  if ("reason" in exact) {
    const build = buildOf(root, controlSet, structure);
    const version = versionName(structure, build, productType);
    const inferred = whyInferred(version);
    return { family: structure, version, build, productType, from: "SYSTEM", notBySoftware: exact.reason, inferred };
  }
  const { family, build, facts } = exact;
  const { productName, edition, release, updateRevision, installationType } = facts;
  const version = versionName(family, build, productType ?? productTypeOf(installationType), facts);
  const inferred = whyInferred(version);
  const words = { productName, edition, release, updateRevision };
  return { family, version, build, productType, from: "SOFTWARE", inferred, ...words };
}

/** Families that keep the network alike: what tells them apart in SYSTEM is a detail, so that SOFTWARE is believed. */
const ALIKE: Readonly<Record<WindowsFamily, string>> = {
  xp: "XP and 2003",
  vista: "Vista and 7",
  "7": "Vista and 7",
  "8": "8 and 8.1",
  "8.1": "8 and 8.1",
  "10": "10 and later",
};

type Exact = { readonly family: WindowsFamily; readonly build: number; readonly facts: SoftwareFacts };

function exactVersion(structure: WindowsFamily, software: SoftwareReading): Exact | { readonly reason: string } {
  if (!software.read) return { reason: software.reason };
  const { currentBuild = "" } = software.found;
  const build = /^\d{1,6}$/.test(currentBuild) ? Number(currentBuild) : undefined;
  const family = build === undefined ? undefined : familyOfBuild(build);
  if (build === undefined || family === undefined) {
    return {
      reason: `the SOFTWARE hive's CurrentBuildNumber is ${currentBuild === "" ? "missing" : JSON.stringify(currentBuild)}`,
    };
  }
  return ALIKE[family] === ALIKE[structure]
    ? { family, build, facts: software.found }
    : {
        reason: `the SOFTWARE hive is of build ${build} (${ALIKE[family]}), but SYSTEM is made as that of ${ALIKE[structure]}`,
      };
}

/** InstallationType (7 and later) stands in where SYSTEM does not say. */
function productTypeOf(installationType: string | undefined): string | undefined {
  if (installationType === undefined) return undefined;
  return /^server/i.test(installationType) ? "ServerNT" : "WinNT";
}

/** Structure tells: what a generation introduced is there, or not. Seen in hives of XP SP3, 7 SP1, 8.1, 10 1903 and 10 21H2. */
function familyOf(root: Key, controlSet: Key): WindowsFamily {
  if (controlSet.open(NETWORK_SETUP2_KEY) !== undefined) return "10";
  const driverDatabase = root.subkey(DRIVER_DATABASE_KEY);
  if (driverDatabase !== undefined) {
    // 0x06030000 in a hive of 8.1, 0x0A000000 in those of 10; less for 8 is by analogy: no hive of it has been seen.
    const version = readNumber(driverDatabase, "Version") ?? 0;
    if (version >= 0x0a00_0000) return "10";
    return version >= 0x0603_0000 ? "8.1" : "8";
  }
  if (controlSet.open(NSI_KEY) === undefined) return "xp";
  // Container IDs came with Windows 7 (Microsoft, "Container IDs"); the root of the device tree has one.
  return readText(controlSet.open(deviceKey("HTREE\\ROOT\\0")), "ContainerID") === undefined ? "vista" : "7";
}

function buildOf(root: Key, controlSet: Key, family: WindowsFamily): number | undefined {
  const servicePack = (readNumber(controlSet.open(CONTROL_WINDOWS_KEY), "CSDVersion") ?? 0) >>> 8;
  switch (family) {
    case "xp":
      return undefined; // 2600 (XP), 3790 (2003 and XP x64): the hive does not tell them apart
    case "vista":
      return 6000 + servicePack;
    case "7":
      return 7600 + servicePack;
    case "8":
      return 9200;
    case "8.1":
      return 9600;
    case "10":
      return buildAsInstalled(root);
  }
}

/** 0x000A_0000_4A61_0508 is 10.0.19041.1288 (seen in a 10 21H2 hive). An enablement package (19041 to 19044) does not change it. */
function buildAsInstalled(root: Key): number | undefined {
  const version = readBigNumber(root.open(BUILD_UPDATE_KEY), "SourceOSVersion");
  return version === undefined ? undefined : Number((version >> 16n) & 0xffffn);
}
