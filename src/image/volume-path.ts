/** Finding a file in a Windows volume: names compared without case, links never followed out of the volume. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../exit/failure.ts";
import { explainSystemError, systemErrorCode } from "./system-error.ts";

/**
 * The entry of `folder` that Windows would call `name`, with its real spelling; undefined when there is none.
 * A volume mounted on Linux may hold two names that differ only in case. Windows sees one of them, and nobody can tell
 * which, however they are spelled. Throws Failure("noImage") for such a name, and when the folder cannot be read.
 */
export function findEntry(folder: string, name: string): string | undefined {
  let entries: string[];
  try {
    entries = fs.readdirSync(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemErrorCode(error) ?? "")) {
      return undefined;
    }
    throw unreadable(folder, error);
  }
  const alike = entries.filter((entry) => entry.toUpperCase() === name.toUpperCase());
  if (alike.length > 1) {
    throw new Failure(
      "noImage",
      `There are several entries called ${name} that differ only in case: ${alike.join(", ")}`,
      {
        at: folder,
        code: "ambiguous-name",
        advice: "Windows would see only one of them; remove or rename the others",
      },
    );
  }
  return alike[0];
}

/** Why opening it could wait for ever, or lead elsewhere; undefined for a plain file. `stats` are of the entry itself (lstat), or of what it leads to. */
export function whyNotRegular(stats: fs.Stats): string | undefined {
  if (stats.isFile()) {
    return undefined;
  }
  if (stats.isSymbolicLink()) {
    return "it is a link";
  }
  return stats.isDirectory() ? "it is a folder" : "it is a pipe or a device, not a file";
}

export interface FoundPath {
  /** The path with the names as the volume spells them, links resolved. */
  readonly path: string;
  /** A link on the way that was followed, because it stays in the volume. */
  readonly links: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Walks from `root` (a real path, without links) down `names`. undefined: something on the way is not there.
 * A symbolic link or junction is followed only to a place inside `root`: one that leads out would have another
 * installation edited (on Linux a Windows junction to `C:\...` points wherever the mount made it point).
 * Throws Failure("noImage") for a link that leaves, or a folder that cannot be read.
 */
export function findInVolume(root: string, names: readonly string[]): FoundPath | undefined {
  const links: { from: string; to: string }[] = [];
  let place = root;
  for (const name of names) {
    const entry = findEntry(place, name);
    if (entry === undefined) {
      return undefined;
    }
    const next = path.join(place, entry);
    const real = resolveLink(root, next);
    if (real === undefined) {
      return undefined;
    }
    if (real !== next) {
      links.push({ from: next, to: real });
    }
    place = real;
  }
  return { path: place, links };
}

/** The path itself when it is no link; else where the link leads, which must be inside `root`; undefined when it leads nowhere. */
function resolveLink(root: string, place: string): string | undefined {
  try {
    if (!fs.lstatSync(place).isSymbolicLink()) {
      return place;
    }
    const real = fs.realpathSync(place);
    if (!isInside(root, real)) {
      throw new Failure("noImage", `${place} is a link that leads out of the image, to ${real}`, {
        at: place,
        code: "link-leaves-image",
        advice: "if that is the image you mean, name it; nothing outside the named image is ever changed",
      });
    }
    return real;
  } catch (error) {
    if (error instanceof Failure) {
      throw error;
    }
    if (systemErrorCode(error) === "ENOENT") {
      return undefined;
    }
    throw unreadable(place, error);
  }
}

function isInside(root: string, place: string): boolean {
  const relative = path.relative(root, place);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}

function unreadable(place: string, error: unknown): Failure {
  return new Failure("noImage", `${place} cannot be read: ${explainSystemError(error)}`, {
    at: place,
    code: "cannot-be-read",
    advice: "check that the volume is mounted, unlocked and readable, and that you run with the rights to read it",
    cause: error,
  });
}
