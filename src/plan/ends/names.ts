/** Finds what a person means by `2`, `Local Area Connection`, `{698E50A9-...}` or `00-50-56-A5-12-69`. */
import { parseGuid } from "../../notation/guid.ts";
import { type MacAddress, parseMac } from "../../notation/mac.ts";
import type { PlanEnd } from "../model.ts";

export interface Named {
  readonly end: PlanEnd;
  readonly macs: readonly MacAddress[];
}

/** Every candidate that the text names. A number is a number first, and a name only where nothing has that number; names have no case. */
export function namedBy<T extends Named>(text: string, candidates: readonly T[]): T[] {
  const wanted = text.trim();
  const guid = parseGuid(wanted);
  if (guid !== undefined) return candidates.filter(({ end }) => end.guid === guid);
  if (/^\d{1,9}$/.test(wanted)) {
    const byNumber = candidates.filter(({ end }) => end.number === Number(wanted));
    if (byNumber.length > 0) return byNumber;
  }
  const byName = candidates.filter(({ end }) => end.name?.toLowerCase() === wanted.toLowerCase());
  if (byName.length > 0) return byName;
  const mac = parseMac(wanted);
  return mac === undefined ? [] : candidates.filter(({ macs }) => macs.includes(mac));
}
