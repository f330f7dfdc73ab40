/** Where an interface is written: one control set of one Windows. */
import type { Guid } from "../../notation/guid.ts";
import type { WindowsFamily } from "../model/windows.ts";
import { inControlSet } from "../registry-paths.ts";
import type { Draft } from "./draft.ts";

export interface InterfacePlace {
  readonly draft: Draft;
  readonly controlSet: number;
  readonly family: WindowsFamily;
  readonly guid: Guid;
}

/** The whole path of a key of that control set; undefined when there is no such key. */
export function existingKey({ draft, controlSet }: InterfacePlace, path: string): string | undefined {
  return draft.pathOf(inControlSet(controlSet, path));
}

/** The same, with the key created where its parent exists; undefined where not even that does. */
export function neededKey(place: InterfacePlace, path: string): string | undefined {
  const whole = inControlSet(place.controlSet, path);
  const parent = whole.slice(0, whole.lastIndexOf("\\"));
  if (place.draft.pathOf(whole) === undefined && place.draft.pathOf(parent) !== undefined) place.draft.createKey(whole);
  return place.draft.pathOf(whole);
}
