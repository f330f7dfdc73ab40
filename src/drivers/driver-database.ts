/** Windows' own index of its driver packages, DriverDatabase: which of them are for a device (Windows 8 and later). */
import { guidOfBytes } from "../notation/guid.ts";
import type { Key } from "../regf/index.ts";
import { DRIVER_DATABASE_KEY } from "../windows/registry-paths.ts";
import { readBytes, readText, readTexts } from "../windows/registry-values.ts";
import type { Architecture } from "./inf/target-os.ts";
import { type NetworkClass, networkClass } from "./network-classes.ts";

export interface ListedPackage {
  readonly of: NetworkClass;
  readonly id: string;
  readonly inf: string;
  /** The folder's name in FileRepository, `net1ic64.inf_amd64_4c426f3bebc68844`. */
  readonly folder: string;
  readonly service: string;
}

/** Where a package's Version keeps its class GUID (seen in hives of 8.1 and 10, whose classes agree with those of the installed devices). */
const CLASS_GUID_OFFSET = 8;

/** Whether the hive has the index at all: without it nothing follows from what is not found. Throws HiveError. */
export function hasDriverDatabase(root: Key): boolean {
  return root.open(`${DRIVER_DATABASE_KEY}\\DeviceIds`) !== undefined;
}

/**
 * Packages for one of the `ids` (upper case, most specific first), best first. The layout was read in the SYSTEM hives of 8.1, 10 1903 and 10 21H2; that the
 * DRIVERS hive has the same is *inferred* from public tools that read both. Throws HiveError.
 */
export function listedPackages(root: Key, ids: readonly string[], architecture: Architecture): ListedPackage[] {
  const database = root.open(DRIVER_DATABASE_KEY);
  return ids.flatMap((id) => {
    const names = [...(database?.open(`DeviceIds\\${id}`)?.values() ?? [])].map(({ name }) => name);
    return names.flatMap((inf) => readPackage(database, id, inf, architecture) ?? []);
  });
}

function readPackage(
  database: Key | undefined,
  id: string,
  inf: string,
  architecture: Architecture,
): ListedPackage | undefined {
  const infFile = inf === "" ? undefined : database?.open(`DriverInfFiles\\${inf}`);
  const folder = readText(infFile, "Active") ?? readTexts(infFile, "")?.[0];
  const key = folder === undefined ? undefined : database?.open(`DriverPackages\\${folder}`);
  if (key === undefined || folder === undefined || !isFor(folder, architecture)) return undefined;
  const classGuid = readBytes(key, "Version")?.subarray(CLASS_GUID_OFFSET, CLASS_GUID_OFFSET + 16);
  const of = networkClass((classGuid && guidOfBytes(classGuid)) ?? "", id);
  if (of === undefined) return undefined;
  const configuration = readText(key.open(`Descriptors\\${id}`), "Configuration");
  const service =
    configuration === undefined ? undefined : readText(key.open(`Configurations\\${configuration}`), "Service");
  // Chips that need no driver are listed too, without a service (machine.inf, in hives of 8.1 and 10); so would a null driver be.
  if (service === undefined || service === "") return undefined;
  return { of, id, inf, folder, service };
}

/** `NAME.inf_amd64_HASH`, on 7 and 8 `NAME.inf_amd64_neutral_HASH`; what names none may be for any. */
function isFor(folder: string, architecture: Architecture): boolean {
  const [, named] = /\.inf_(x86|amd64|ia64|arm|arm64)_/i.exec(folder) ?? [];
  return named === undefined || named.toLowerCase() === architecture;
}
