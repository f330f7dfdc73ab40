/** What stays when the finisher is gone: copies of its working files, which it never reads again, for more may be able to write there. */
import fs from "fs-extra";
import type { BootedWindows } from "./machine.ts";
import { saveDocumentOf } from "./save-document.ts";
import type { FirstBootPlaces } from "./standing.ts";

/** The changes before the result, which says that all is done. Throws Failure (29). */
export function publish(machine: BootedWindows, { changes, result, published }: FirstBootPlaces): void {
  copyOut(machine, changes, published.changes);
  copyOut(machine, result, published.result);
}

function copyOut(machine: BootedWindows, from: string, to: string): void {
  const text = textOf(from);
  if (text !== undefined && text !== textOf(to)) saveDocumentOf(machine, to, text);
}

function textOf(file: string): string | undefined {
  return fs.pathExistsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}
