/** That only administrators write to what the first boot runs as LocalSystem: made sure of, and looked at again. */
import path from "node:path";
import fs from "fs-extra";
import type { Warning } from "../../exit/warning.ts";
import { whyNotProtected } from "../../image/access-list/access-lists.ts";
import { keepFromOthers } from "../../image/access-list/own-place.ts";
import type { AccessLists } from "../../image/access-list/model.ts";
import { whyOthersMayWrite } from "../../image/access-list/who-may-write.ts";
import { syncFolder } from "../../image/durable-file.ts";
import { idInName } from "../../firstboot/places.ts";
import type { PresentFirstBoot } from "./present.ts";

/** Makes the folder. Sentences: what is not proven. What others could rename or replace would be run as LocalSystem all the same: the folder above counts too. */
export function* protectFolders(folder: string, lists: AccessLists, isNew: boolean): Generator<string> {
  const above = path.dirname(folder);
  fs.ensureDirSync(folder);
  syncFolder(above);
  const why = keepFromOthers(above, "folder", lists);
  if (why !== undefined) yield why;
  yield* protect(folder, "folder", lists, isNew);
}

/** What is new gets its list; what is there keeps one that is good enough. */
export function* protect(
  place: string,
  kind: "folder" | "file",
  lists: AccessLists,
  isNew: boolean,
): Generator<string> {
  const isToBeSet = isNew || whyNotProtected(lists, place) !== undefined;
  const why = (isToBeSet ? lists.set(place, kind, "administrators-only") : undefined) ?? whyNotProtected(lists, place);
  if (why !== undefined) yield `${place}: ${why}`;
}

export function forcedWarnings(unproven: readonly string[]): Warning[] {
  if (unproven.length === 0) return [];
  const message = `Forced: whoever may write there has programs run as LocalSystem at the first boot; it is not proven that only administrators may: ${unproven.join("; ")}`;
  return [{ code: "forced-access-list", message }];
}

/** Sentences: what a registered service runs and others may write to. Where lists can be read at all: whether they can was asked when it was arranged. */
export function exposedIn({ service, folder, names }: PresentFirstBoot, lists: AccessLists): string[] {
  if (service === undefined) return [];
  const run = names.filter((name) => idInName(name) !== undefined || /\.exe$/i.test(name));
  return [folder, ...run.map((name) => path.join(folder, name))].flatMap((place) => {
    const reading = lists.read(place);
    const why = reading.read ? whyOthersMayWrite(reading.descriptor) : undefined;
    return why === undefined
      ? []
      : [`others than administrators may write to ${place}, which runs as LocalSystem: ${why}`];
  });
}
