/** The second evidence: Windows' index lists a driver package for the device, in SYSTEM or in the DRIVERS hive. */
import type { Key } from "../regf/index.ts";
import { hasDriverDatabase, type ListedPackage, listedPackages } from "./driver-database.ts";
import { FILE_REPOSITORY } from "./image-path.ts";
import type { Architecture } from "./inf/target-os.ts";
import type { DriverFiles, DriverFinding, Looked, Wanted } from "./model.ts";
import { withRemark } from "./network-classes.ts";

export interface ByDatabase {
  readonly settled: ReadonlyMap<Wanted, DriverFinding>;
  /** Whether the whole index (that of the DRIVERS hive) was looked through, and if not, why: the end of a sentence. */
  readonly whole: Looked<true>;
}

/** `system`: the root of the SYSTEM hive. Throws HiveError for that one only. */
export function byDatabase(
  wanted: readonly Wanted[],
  system: Key,
  files: DriverFiles,
  architecture: Architecture,
): ByDatabase {
  const settled = new Map<Wanted, DriverFinding>();
  const lookThrough = (root: Key, hive: string): boolean => {
    for (const one of wanted.filter((each) => !settled.has(each))) {
      const listed = listedPackages(root, one.ids, architecture).find(({ folder }) => isStored(folder, files));
      if (listed !== undefined) settled.set(one, findingOf(listed, hive));
    }
    return hasDriverDatabase(root);
  };
  lookThrough(system, "SYSTEM");
  const looked = files.lookInto("DRIVERS", (root) => lookThrough(root, "DRIVERS"));
  return { settled, whole: wholeOf(looked) };
}

function wholeOf(looked: Looked<boolean>): Looked<true> {
  if (!looked.read) return { read: false, reason: `the DRIVERS hive could not be read: ${looked.reason}` };
  return looked.found
    ? { read: true, found: true }
    : { read: false, reason: "the file DRIVERS holds no index of drivers" };
}

/** What is listed and gone cannot be installed. */
function isStored(folder: string, files: DriverFiles): boolean {
  return files.has({ from: "windows", names: [...FILE_REPOSITORY.names, folder] }) !== false;
}

function findingOf({ of, id, inf, folder, service }: ListedPackage, hive: string): DriverFinding {
  const reason = `the ${hive} hive lists the driver package ${folder} for ${id}: Windows will install it by itself`;
  return { verdict: "there", reason: withRemark(reason, of), evidence: "driver-database", inf, service };
}
