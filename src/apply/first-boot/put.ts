/** Puts a finisher into an image, durably and before its service is registered, and takes it away again when that fails. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { accessListsOf } from "../../image/access-list/access-lists.ts";
import type { AccessLists } from "../../image/access-list/model.ts";
import { replaceDurably } from "../../image/durable-file.ts";
import type { ImageSession } from "../../image/session.ts";
import { explainSystemError } from "../../image/system-error.ts";
import type { Emit } from "../events.ts";
import type { FirstBootFiles } from "../receipt/receipt.ts";
import { sha256 } from "../receipt/hive-state.ts";
import type { FirstBootContext } from "./context.ts";
import type { PreparedFirstBoot } from "./prepare.ts";
import type { FileToPut } from "./programs.ts";
import { forcedWarnings, protect, protectFolders } from "./protect.ts";
import { accessListFailure, withLeftovers } from "./refusals.ts";

export interface PutFirstBoot {
  /** For the receipt: what this run made, and an undo takes out. */
  readonly files: FirstBootFiles;
  readonly warnings: readonly Warning[];
  /** Whether anything was written at all. */
  readonly isWritten: boolean;
  /** As before; returns what could not be taken away, in sentences. */
  readonly takeAway: () => readonly string[];
}

/** A file that is to be written, and what stands there. */
interface Place {
  readonly path: string;
  readonly file: FileToPut;
  readonly former: Uint8Array | undefined;
}

/** Throws Failure: refused (24) for access lists and for another version's programs, writeFailed (29); then the image is as it was, or the message says what lies where. */
export function putFirstBoot(
  firstBoot: PreparedFirstBoot,
  { session, host, force }: Pick<FirstBootContext, "session" | "host" | "force">,
  emit: Emit,
): PutFirstBoot {
  const { folder } = firstBoot.present;
  session.assertUnchanged();
  const places = placesOf(firstBoot);
  refuseOtherPrograms(firstBoot, places);
  const isNew = !fs.pathExistsSync(folder);
  const lists = accessListsOf(host);
  const written: Place[] = [];
  const takeAway = (): readonly string[] => putBack(written, { folder, isNew }, lists);
  try {
    const unproven = [...protectFolders(folder, lists, isNew)];
    for (const place of places) {
      if (!isAsMeant(place)) {
        written.push(place);
        replaceProtected(place.path, place.file.bytes, lists);
        emit({ kind: "saved", what: "file of the first boot", path: place.path });
      }
      unproven.push(...protect(place.path, "file", lists, false));
    }
    for (const place of places) refuseDifference(place);
    const [first] = unproven;
    if (first !== undefined && !force.includes("access-list")) throw accessListFailure(folder, first);
    const isWritten = written.length > 0;
    return { files: filesOf(session, firstBoot, places), warnings: forcedWarnings(unproven), isWritten, takeAway };
  } catch (error) {
    throw withLeftovers(asWriteFailure(folder, error), takeAway());
  }
}

function isAsMeant({ file, former }: Place): boolean {
  return former !== undefined && sha256(former) === file.sha256;
}

function placesOf({ files, present }: PreparedFirstBoot): readonly Place[] {
  return files.map((file) => {
    const name = present.names.find((one) => one.toUpperCase() === file.name.toUpperCase()) ?? file.name;
    const place = path.join(present.folder, name);
    return { path: place, file, former: fs.pathExistsSync(place) ? fs.readFileSync(place) : undefined };
  });
}

/** An undo could not put another version's program back: it is in no receipt. Without a service it is a leftover that nobody needs. */
function refuseOtherPrograms({ isArranged }: PreparedFirstBoot, places: readonly Place[]): void {
  const other = places.find(
    ({ file, former }) => isProgram(file.name) && former !== undefined && sha256(former) !== file.sha256,
  );
  if (!isArranged || other === undefined) return;
  throw new Failure("refused", "A first boot is arranged in this image by another version of this program", {
    at: other.path,
    code: "first-boot-of-another-version",
    advice: "take that run back first (pint undo), and apply again; nothing was written",
  });
}

function isProgram(name: string): boolean {
  return /\.exe$/i.test(name);
}

function refuseDifference({ path: place, file }: Place): void {
  const now = sha256(fs.readFileSync(place));
  if (now === file.sha256) return;
  throw new Failure("writeFailed", `What was read back of ${place} is not what was written: its SHA-256 is ${now}`, {
    at: place,
    code: "first-boot-differs",
    advice: "check the disk; the hive is as it was",
  });
}

/** Of an image in which no service is registered, whatever lies there is no former state: an undo removes it. */
function filesOf(
  { location }: ImageSession,
  { document, present }: PreparedFirstBoot,
  places: readonly Place[],
): FirstBootFiles {
  const made = places.filter((place) => !present.isRegistered || !isAsMeant(place));
  return {
    id: document.id,
    folder: path
      .relative(location.volume?.root ?? "", present.folder)
      .split(path.sep)
      .join("/"),
    files: made.map(({ path: place, file }) => ({
      name: path.basename(place),
      sha256: file.sha256,
      sizeBytes: file.bytes.length,
    })),
  };
}

/** Closed before there is anything in it: a service may run it that is registered already. */
function replaceProtected(place: string, bytes: Uint8Array, lists: AccessLists): void {
  replaceDurably(place, bytes, "plain", (empty) => void lists.set(empty, "file", "administrators-only"));
}

/** What was there as it was meant is not touched. */
function putBack(
  written: readonly Place[],
  { folder, isNew }: { readonly folder: string; readonly isNew: boolean },
  lists: AccessLists,
): readonly string[] {
  const left = written.flatMap(({ path: place, former }) =>
    attempt(place, () => {
      if (former !== undefined) replaceProtected(place, former, lists);
      else fs.removeSync(place);
    }),
  );
  if (isNew) left.push(...attempt(folder, () => (fs.pathExistsSync(folder) ? fs.rmdirSync(folder) : undefined)));
  return left;
}

function attempt(place: string, action: () => void): string[] {
  try {
    action();
    return [];
  } catch (error) {
    return [`${place} could not be taken away again: ${explainSystemError(error)}`];
  }
}

function asWriteFailure(folder: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure("writeFailed", `The finisher of the first boot cannot be written: ${explainSystemError(error)}`, {
    at: folder,
    code: "first-boot-not-written",
    advice: "make room on the image's volume and let this program write to it; the hive is as it was",
    cause: error,
  });
}
