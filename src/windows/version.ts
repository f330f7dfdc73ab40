/** Tells which Windows it is by what its SYSTEM hive holds: the version itself is written in SOFTWARE only. */
import type { Key } from "../regf/index.ts";
import type { WindowsFamily, WindowsVersion } from "./model/windows.ts";
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

/** The first public build of 11 and of each server that shares 10's layout, newest first (Microsoft's release information pages). */
const SERVERS_LIKE_10: readonly (readonly [firstBuild: number, name: string])[] = [
  [26100, "Server 2025"],
  [20348, "Server 2022"],
  [17763, "Server 2019"],
  [14393, "Server 2016"],
];
const FIRST_BUILD_OF_11 = 22000;

const CLIENT_NAMES = { xp: "XP/2003", vista: "Vista", "7": "7", "8": "8", "8.1": "8.1", "10": "10" } as const;
const SERVER_NAMES = {
  xp: "XP/2003",
  vista: "Server 2008",
  "7": "Server 2008 R2",
  "8": "Server 2012",
  "8.1": "Server 2012 R2",
  "10": "Server 2016 or later",
} as const;

export function readVersion(root: Key, controlSet: Key): WindowsVersion {
  const family = familyOf(root, controlSet);
  const build = buildOf(root, controlSet, family);
  const productType = readText(controlSet.open(PRODUCT_OPTIONS_KEY), "ProductType");
  return { family, version: versionName(family, build, productType), build, productType };
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

function versionName(family: WindowsFamily, build: number | undefined, productType: string | undefined): string {
  const client = productType === undefined || productType.toLowerCase() === "winnt";
  if (family !== "10" || build === undefined) return client ? CLIENT_NAMES[family] : SERVER_NAMES[family];
  if (client) return build >= FIRST_BUILD_OF_11 ? "11" : CLIENT_NAMES[family];
  return SERVERS_LIKE_10.find(([firstBuild]) => build >= firstBuild)?.[1] ?? SERVER_NAMES[family];
}
