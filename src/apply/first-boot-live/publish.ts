/** What stays when the finisher is gone: copies of its working files, which it never reads again, for more may be able to write there. */
import fs from "fs-extra";
import type { Warning } from "../../exit/warning.ts";
import { explainSystemError } from "../../image/system-error.ts";
import type { BootedWindows } from "./machine.ts";
import type { WorkingPlaces } from "./standing.ts";

/** Of a warning. */
export const NOT_PUBLISHED = "not-published";

/**
 * The changes before the result, which says that all is done. Returns what could not be copied: what stands at such a place (a folder, a
 * file that is held) costs neither the restart nor the removal.
 */
export function publish(machine: BootedWindows, { changes, result, published }: WorkingPlaces): readonly Warning[] {
  return [...copyOut(machine, changes, published.changes), ...copyOut(machine, result, published.result)];
}

function copyOut(machine: BootedWindows, from: string, to: string): Warning[] {
  try {
    const text = textOf(from);
    if (text !== undefined && text !== textOf(to)) machine.save(to, text);
    return [];
  } catch (error) {
    return [{ code: NOT_PUBLISHED, message: `${to} could not be written: ${explainSystemError(error)}` }];
  }
}

function textOf(file: string): string | undefined {
  return fs.pathExistsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}
