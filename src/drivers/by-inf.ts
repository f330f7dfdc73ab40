/** The third evidence: an INF file from which this Windows installs drivers names the device. */
import { SOFTWARE_CURRENT_VERSION_KEY } from "../windows/registry-paths.ts";
import { readText } from "../windows/registry-values.ts";
import type { WindowsFamily } from "../windows/model/windows.ts";
import { FILE_REPOSITORY, INF_FOLDER, pathInImage } from "./image-path.ts";
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
  const search = searchInfs(chain([own.found, ...infFilesOfDevicePath(files)]), wanted, os);
  const settled = new Map([...search.found].map(([one, hit]) => [one, findingOf(hit)]));
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
    return more.read ? [more.found] : [];
  });
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

function findingOf({ of, id, inf, service, doubt }: Hit): DriverFinding {
  const name = inf.split("\\").at(-1);
  if (service === undefined) {
    return { verdict: "unknown", reason: `the INF file ${inf} is for ${id}, but ${doubt}`, inf: name };
  }
  const reason = `the INF file ${inf} is for ${id}: Windows will install it by itself`;
  return { verdict: "there", reason: withRemark(reason, of), evidence: "inf", inf: name, service };
}
