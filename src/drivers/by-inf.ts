/** The third evidence: an INF file from which this Windows installs drivers names the device. */
import { SOFTWARE_CURRENT_VERSION_KEY } from "../windows/registry-paths.ts";
import { readText } from "../windows/registry-values.ts";
import type { WindowsFamily } from "../windows/model/windows.ts";
import { DRIVERS_FOLDER, FILE_REPOSITORY, INF_FOLDER, pathInImage } from "./image-path.ts";
import type { TargetOs } from "./inf/target-os.ts";
import { type InfSearch, searchInfs } from "./inf-search.ts";
import type { DriverFiles, DriverFinding, ImagePath, InfFile, Looked, Wanted } from "./model.ts";
import { withRemark } from "./network-classes.ts";

export interface ByInf {
  readonly settled: ReadonlyMap<Wanted, DriverFinding>;
  /** Of those that are not: how many files were looked through, all that there are; or why that says nothing (the end of a sentence). */
  readonly searched: Looked<{ readonly count: number; readonly where: string }>;
  /** Whether there are files that the search did not come to. */
  readonly isBrokenOff: boolean;
}

export function byInf(wanted: readonly Wanted[], files: DriverFiles, os: TargetOs, family: WindowsFamily): ByInf {
  const where = family === "xp" ? "INF" : "FileRepository";
  const own = family === "xp" ? files.infFiles(INF_FOLDER, false) : files.infFiles(FILE_REPOSITORY, true);
  if (!own.read) return { settled: new Map(), searched: own, isBrokenOff: false };
  // The few that a person has added come first: of two for one device they are more likely to be whole.
  const search = searchInfs(chain([...infFilesOfDevicePath(files), own.found]), wanted, os);
  const settled = new Map(
    [...search.found].map(([one, hit]) => [
      one,
      findingOf(hit, family === "xp" ? whyFileIsWanting(hit, files) : undefined),
    ]),
  );
  const { count, gap, isBrokenOff = false } = search;
  return {
    settled,
    searched: gap === undefined ? { read: true, found: { count, where } } : { read: false, reason: gap },
    isBrokenOff,
  };
}

/** Folders that a person has added (Microsoft, KB 254078 and 314479 of 2003 and XP, "Configure Windows to Search Additional Folders for Device Drivers" of 7). */
function infFilesOfDevicePath(files: DriverFiles): Iterable<InfFile>[] {
  return devicePath(files).flatMap((folder) => {
    const more = files.infFiles(folder, false);
    return more.read ? [within(folder, more.found)] : [];
  });
}

function* within(folder: ImagePath, list: Iterable<InfFile>): Generator<InfFile> {
  for (const file of list) yield { name: file.name, folder, read: (maxSizeBytes) => file.read(maxSizeBytes) };
}

function devicePath(files: DriverFiles): ImagePath[] {
  const looked = files.lookInto("SOFTWARE", (root) => readText(root.open(SOFTWARE_CURRENT_VERSION_KEY), "DevicePath"));
  const folders = (looked.read ? (looked.found ?? "") : "").split(";").filter((folder) => folder.trim() !== "");
  return folders
    .map((folder) => pathInImage(folder.trim(), files.windowsFolder))
    .filter(({ from, names }) => !(from === "windows" && names.length === 1 && names[0]?.toUpperCase() === "INF"));
}

function* chain<T>(lists: readonly Iterable<T>[]): Generator<T> {
  for (const list of lists) yield* list;
}

type Hit = InfSearch<Wanted>["found"] extends ReadonlyMap<Wanted, infer H> ? H : never;

/** Before Vista the INF file alone stays in the image, and Windows asks for the driver's own file where the INF came from: it counts in its place, or beside the INF of a folder that a person has added. */
function whyFileIsWanting({ file, inf: { folder } }: Hit, files: DriverFiles): string | undefined {
  if (file === undefined) return undefined;
  const places = [DRIVERS_FOLDER, ...(folder === undefined ? [] : [folder])];
  if (places.some(({ from, names }) => files.has({ from, names: [...names, file] }) === true)) return undefined;
  const where = places.map(({ names }) => names.join("\\")).join(" or ");
  return `its file ${file} is not in ${where}, and whether Windows finds it elsewhere (driver.cab, the place that the INF file came from) cannot be told`;
}

/** `wanting`: why nobody can tell whether the file of the driver is there. */
function findingOf({ of, id, inf, service, doubt: ofInf }: Hit, wanting: string | undefined): DriverFinding {
  const doubt = ofInf ?? wanting;
  const name = inf.name.split("\\").at(-1);
  if (service === undefined || doubt !== undefined) {
    return { verdict: "unknown", reason: `the INF file ${inf.name} is for ${id}, but ${doubt}`, inf: name };
  }
  const reason = `the INF file ${inf.name} is for ${id}: Windows will install it by itself`;
  return { verdict: "there", reason: withRemark(reason, of), evidence: "inf", inf: name, service };
}
