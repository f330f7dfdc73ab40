/** What an image holds of a first boot: the service, the document it goes by, the files, and what became of it. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import { type FirstBootChanges, parseFirstBootChanges } from "../../firstboot/changes.ts";
import { type FirstBootDocument, parseFirstBoot } from "../../firstboot/document.ts";
import {
  documentName,
  documentsAmong,
  FIRST_BOOT_CHANGES,
  FIRST_BOOT_FOLDER,
  FIRST_BOOT_LOG,
  FIRST_BOOT_RESULT,
  idInName,
  type PathInWindows,
  workingName,
} from "../../firstboot/places.ts";
import { withoutOwnDeletions } from "../../firstboot/own-deletions.ts";
import { isKeyOfPlan } from "../../firstboot/written-keys.ts";
import type { Change } from "../../windows/model/change.ts";
import { isHalfWritten } from "./working-names.ts";
import { type FirstBootResult, parseFirstBootResult } from "../../firstboot/result.ts";
import { type FoundService, readService } from "../../firstboot/service.ts";
import type { ImageSession } from "../../image/session.ts";
import { findInVolume } from "../../image/volume-path.ts";
import type { ControlSets } from "../../windows/model/windows.ts";
import { controlSetKey } from "../../windows/registry-paths.ts";
import { standsAnything } from "../writing/standing.ts";
import { readFoundDocument } from "../document-file.ts";
import { sha256 } from "../receipt/hive-state.ts";

export interface PresentDocument {
  readonly document: FirstBootDocument;
  /** As the file has it. */
  readonly text: string;
  readonly sha256: string;
}

export interface PresentFirstBoot {
  /** Of the control set that Windows uses. */
  readonly service: FoundService | undefined;
  /** Whether any control set that a change must reach has the service. */
  readonly isRegistered: boolean;
  /** The folder of the finisher, where it is or would be. */
  readonly folder: string;
  /** The names of what is in it. */
  readonly names: readonly string[];
  /** Whether Windows deletes some of them at its next start, before the service would begin. */
  readonly areGoing: boolean;
  /** That of the service; without one, the only one that is there. */
  readonly document: PresentDocument | undefined;
  readonly result: FirstBootResult | undefined;
  /** Where the finisher's log is; undefined: it has written none. */
  readonly log: string | undefined;
  /** What a start of Windows has begun to write and neither finished nor taken back, for its power was cut. */
  readonly openChanges: readonly Change[];
  /** Whether there is a document of such changes that cannot be read, or is not the finisher's. */
  readonly areChangesUnknown: boolean;
  /** Sentences about what cannot be read. */
  readonly unreadable: readonly string[];
}

/** Undefined for a hive that was named by itself. Throws HiveError, Failure("noImage") for a link that leaves the volume. */
export function lookAtFirstBoot(session: ImageSession, controlSets: ControlSets): PresentFirstBoot | undefined {
  const { location, hive } = session;
  if (location.kind === "hive" || location.volume === undefined) return undefined;
  const { windowsFolder } = location.volume;
  const folder = find(session, FIRST_BOOT_FOLDER) ?? path.join(windowsFolder, ...FIRST_BOOT_FOLDER);
  const names = fs.pathExistsSync(folder) && fs.statSync(folder).isDirectory() ? fs.readdirSync(folder) : [];
  const unreadable: string[] = [];
  const serviceOf = (number: number): FoundService | undefined => {
    const controlSet = hive.root.open(controlSetKey(number));
    return controlSet && readService(controlSet);
  };
  const current = hive.root.open(controlSetKey(controlSets.current));
  const service = serviceOf(controlSets.current);
  const open = openChanges(session, service, unreadable);
  return {
    service,
    isRegistered: controlSets.written.some((number) => serviceOf(number) !== undefined),
    folder,
    names,
    areGoing: current !== undefined && withoutOwnDeletions(current) !== undefined,
    document: readable(documentOf(session, service, names), unreadable, readDocument),
    result: readable(
      find(session, working(FIRST_BOOT_RESULT)) ?? find(session, FIRST_BOOT_RESULT),
      unreadable,
      readResult,
    ),
    log: find(session, FIRST_BOOT_LOG),
    openChanges: open === "unknown" ? [] : open,
    areChangesUnknown: open === "unknown",
    unreadable,
  };
}

function documentOf(
  session: ImageSession,
  service: FoundService | undefined,
  names: readonly string[],
): string | undefined {
  const documents = documentsAmong(names);
  const [only = ""] = documents.length === 1 ? documents : [];
  const name = service?.id === undefined ? only : documentName(service.id);
  return name === "" ? undefined : find(session, [...FIRST_BOOT_FOLDER, name]);
}

function find({ location }: ImageSession, names: PathInWindows): string | undefined {
  if (location.volume === undefined) return undefined;
  const { root, windowsFolder } = location.volume;
  return findInVolume(root, [...path.relative(root, windowsFolder).split(path.sep), ...names])?.path;
}

/** Rounds of that arrangement; a document that names what no plan writes is nobody's (and the finisher refuses it). */
function openChanges(
  session: ImageSession,
  service: FoundService | undefined,
  unreadable: string[],
): readonly Change[] | "unknown" {
  const file = find(session, working(FIRST_BOOT_CHANGES));
  if (file === undefined || service === undefined) return [];
  const found = readable(file, unreadable, readChanges);
  if (found === undefined) return "unknown";
  if (found.id !== service.id) return [];
  const changes = found.rounds.filter(({ finished }) => !finished).flatMap((round) => round.changes);
  if (!changes.every(({ key }) => isKeyOfPlan(key))) {
    unreadable.push(`${file}: it names keys that no plan writes`);
    return "unknown";
  }
  return standsAnything(session.hive.root, changes) ? changes : [];
}

/** What a damaged file says is told, and stops nobody from looking at the rest. */
function readable<T>(file: string | undefined, unreadable: string[], read: (file: string) => T): T | undefined {
  if (file === undefined) return undefined;
  try {
    return read(file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    unreadable.push(`${file}: ${error.message}`);
    return undefined;
  }
}

function readDocument(file: string): PresentDocument {
  const bytes = readFoundDocument(file, "first-boot");
  return { document: parseFirstBoot(bytes, file), text: new TextDecoder().decode(bytes), sha256: sha256(bytes) };
}

function readResult(file: string): FirstBootResult {
  return parseFirstBootResult(readFoundDocument(file, "first-boot-result"), file);
}

function readChanges(file: string): FirstBootChanges {
  return parseFirstBootChanges(readFoundDocument(file, "first-boot-changes"), file);
}

/**
 * Paths: where a finisher has left word of itself, or somebody has who could write there before; and where no service is registered, the
 * documents and batch files that none will go by. An arrangement that is registered keeps its own, for an undo goes back to it.
 */
export function leftoversOf(session: ImageSession, { names, isRegistered }: PresentFirstBoot): readonly string[] {
  const places = [FIRST_BOOT_RESULT, FIRST_BOOT_CHANGES].flatMap((place) => [place, working(place)]);
  const others = names.filter((name) => isHalfWritten(name) || (!isRegistered && idInName(name) !== undefined));
  return [...places, ...others.map((name) => [...FIRST_BOOT_FOLDER, name])].flatMap(
    (place) => find(session, place) ?? [],
  );
}

/** What the finisher works with lies in its folder, and is copied out of it in the end. */
function working(place: PathInWindows): PathInWindows {
  return [...FIRST_BOOT_FOLDER, workingName(place)];
}

/** Whether the finisher of the document that is there has ended: it would not begin again. */
export function hasEnded({ document, result }: PresentFirstBoot): boolean {
  if (result === undefined || result.id !== document?.document.id) return false;
  return result.removed || result.state === "finished" || result.state === "gave-up";
}

/** The document that the service of this image goes by; undefined where nothing is arranged, or not whole. */
export function arrangedDocument(present: PresentFirstBoot | undefined): FirstBootDocument | undefined {
  const { service, document } = present ?? {};
  return service !== undefined && service.documentSha256 === document?.sha256 ? document?.document : undefined;
}
