/** For each adapter of an inventory: whether the image has a driver for it, by the best evidence that there is. */
import type { InventoryAdapter } from "../inventory/model.ts";
import type { Key } from "../regf/index.ts";
import type { Windows, WindowsAdapter, WindowsFamily } from "../windows/model/windows.ts";
import { controlSetKey } from "../windows/registry-paths.ts";
import { type ByDatabase, byDatabase } from "./by-database.ts";
import { type ByInf, byInf } from "./by-inf.ts";
import { byInstalled } from "./by-installed.ts";
import { deviceIds } from "./device-ids.ts";
import type { AdapterDriver, DriverFiles, DriverFinding, Wanted } from "./model.ts";
import { osOf } from "./os-of.ts";

export interface DriverRequest {
  readonly windows: Windows;
  /** The root of the SYSTEM hive that `windows` was read from. */
  readonly root: Key;
  /** `own`: the adapter of this Windows that the inventory's was recognised as. */
  readonly adapters: readonly { readonly adapter: InventoryAdapter; readonly own?: WindowsAdapter | undefined }[];
  readonly files: DriverFiles;
}

/** The first Windows with an index of its drivers was 8. */
const WITHOUT_DATABASE: ReadonlySet<WindowsFamily> = new Set(["xp", "vista", "7"]);

/**
 * In the order of the request; files are read only for those that the SYSTEM hive does not settle. Throws HiveError where the bytes of that hive are damaged;
 * other hives and INF files, whatever is in them, only ever say less.
 */
export function judgeDrivers(request: DriverRequest): AdapterDriver[] {
  const { windows, root, adapters, files } = request;
  const wanted = adapters.map(({ adapter, own }) => ({
    adapter,
    ids: deviceIds([...(own?.hardwareIds ?? []), ...(own?.compatibleIds ?? []), ...adapter.hardwareIds]),
    instanceId: own?.instanceId,
  }));
  const controlSet = root.open(controlSetKey(windows.controlSets.current));
  const installed = controlSet === undefined ? new Map() : byInstalled(wanted, controlSet, files);
  const findings = new Map<Wanted, DriverFinding>([...notTold(wanted), ...installed]);
  const open = wanted.filter((one) => !findings.has(one));
  for (const [one, finding] of open.length === 0 ? [] : byPackages(open, request)) findings.set(one, finding);
  return wanted.flatMap((one) => {
    const finding = findings.get(one);
    return finding === undefined ? [] : [{ adapter: one.adapter, finding }];
  });
}

function notTold(wanted: readonly Wanted[]): [Wanted, DriverFinding][] {
  const reason = "the inventory does not say its hardware IDs";
  return wanted.filter(({ ids }) => ids.length === 0).map((one) => [one, { verdict: "unknown", reason }]);
}

/** By what Windows could install: each of `wanted` gets a finding. */
function byPackages(wanted: readonly Wanted[], { windows, root, files }: DriverRequest): Map<Wanted, DriverFinding> {
  const os = osOf(windows);
  if (os === undefined) {
    const reason = "the hive does not say for which processor this Windows is";
    return new Map(wanted.map((one) => [one, { verdict: "unknown", reason }]));
  }
  const { family } = windows.version;
  const database = WITHOUT_DATABASE.has(family) ? undefined : byDatabase(wanted, root, files, os.architecture);
  const rest = wanted.filter((one) => database?.settled.has(one) !== true);
  const inf = rest.length === 0 ? undefined : byInf(rest, files, os, family);
  return new Map(
    wanted.map((one) => [
      one,
      database?.settled.get(one) ?? inf?.settled.get(one) ?? notFound(one, database?.whole, inf),
    ]),
  );
}

/**
 * "missing" is said only where all of the one or of the other was looked through, and never of a search that was broken off: that DRIVERS is laid out as it is
 * read here is inferred.
 */
function notFound(
  { ids: [first = ""] }: Wanted,
  database: ByDatabase["whole"] | undefined,
  inf: ByInf | undefined,
): DriverFinding {
  const infs = inf?.searched;
  const looked = [
    "no driver that is installed was chosen by one of its IDs",
    ...(database?.read === true ? ["the DRIVERS hive lists none for them whose files are there"] : []),
    ...(infs?.read === true
      ? [`no INF file in ${infs.found.where} (${infs.found.count} were read) is for one of them`]
      : []),
  ];
  const gaps = [database, infs].flatMap((look) => (look?.read === false ? [look.reason] : []));
  const isLookedThrough = inf?.isBrokenOff !== true && (database?.read === true || infs?.read === true);
  const verdict = isLookedThrough ? "missing" : "unknown";
  return { verdict, reason: `${[...looked, ...new Set(gaps)].join("; ")} (${first})` };
}
