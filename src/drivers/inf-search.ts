/** Looks through INF files for the devices that nothing else knows a driver for. */
import { mayComposeIds } from "./inf/composed-ids.ts";
import { findInInf, type FoundInInf } from "./inf/find-driver.ts";
import { parseInf } from "./inf/parse.ts";
import type { TargetOs } from "./inf/target-os.ts";
import { decodeInf } from "./inf/text.ts";
import type { InfFile } from "./model.ts";

/** The largest INF files of Windows have less than 1 MiB. */
const MAX_INF_SIZE = 8 * 2 ** 20;
/** A Windows with all its updates has some thousand packages. */
const MAX_INF_COUNT = 50_000;

/** For all files together: some thousands take seconds. */
export const MAX_SEARCH_MS = 120_000;

/** Of a driver that an adapter needs, as `worth` says it. */
const WORTH_OF_ADAPTERS = 3;

export interface InfSearch<T> {
  readonly found: ReadonlyMap<T, FoundInInf & { readonly inf: InfFile }>;
  readonly count: number;
  /** What was not read and why, the first of them: the end of a sentence. Absent when all was, or nothing more was wanted. */
  readonly gap?: string | undefined;
  /** Whether the search ended before the last file: what it did not find may be in the others. */
  readonly isBrokenOff?: true | undefined;
}

/** `wanted`: each with its IDs in upper case, most specific first. Reads on until every one has an adapter's driver, or the time is over: a bus driver may yet be bettered. */
export function searchInfs<T extends { readonly ids: readonly string[] }>(
  files: Iterable<InfFile>,
  wanted: readonly T[],
  os: TargetOs,
  elapsedMs: () => number = () => performance.now(),
): InfSearch<T> {
  const end = elapsedMs() + MAX_SEARCH_MS;
  const found = new Map<T, FoundInInf & { inf: InfFile }>();
  const isOpen = (one: T): boolean => worth(found.get(one)) < WORTH_OF_ADAPTERS;
  const names = anyOf(wanted.flatMap(({ ids }) => ids));
  let [count, gap] = [0, undefined as string | undefined];
  for (const file of files) {
    if (count === MAX_INF_COUNT) return brokenOff(found, count, `there are more than ${MAX_INF_COUNT} INF files`);
    if (elapsedMs() > end)
      return brokenOff(found, count, `to read all INF files takes more than ${MAX_SEARCH_MS / 1000} seconds`);
    count++;
    const bytes = file.read(MAX_INF_SIZE);
    if (!bytes.read) {
      gap ??= `${file.name} could not be read: ${bytes.reason}`;
      continue;
    }
    const text = decodeInf(bytes.found);
    // Cheap, and nearly always the answer: thousands of files are about other devices.
    if (!names.test(text) && !mayComposeIds(text)) continue;
    const inf = parseInf(text);
    for (const one of wanted.filter(isOpen)) {
      const hit = findInInf(inf, one.ids, os);
      if (hit !== undefined && worth(hit) > worth(found.get(one))) found.set(one, { ...hit, inf: file });
    }
    if (!wanted.some(isOpen)) return { found, count };
  }
  return { found, count, gap };
}

function brokenOff<T>(found: InfSearch<T>["found"], count: number, gap: string): InfSearch<T> {
  return { found, count, gap, isBrokenOff: true };
}

/** A driver of an adapter is better than that of a bus, and that than a file of which nobody can tell; 0 for none. */
function worth(hit: FoundInInf | undefined): number {
  if (hit?.service === undefined) return Number(hit !== undefined);
  return hit.of === "net" ? WORTH_OF_ADAPTERS : WORTH_OF_ADAPTERS - 1;
}

/** What stands behind the bus of one of the IDs, to its end, however it is spelled: the bus may be in a token (`%bus%\VEN_...`), or all the rest (`PCI\%id%`). */
function anyOf(ids: readonly string[]): RegExp {
  const parts = ids.map((id) => /^[^\\]*\\(.+)$/.exec(id)?.[1] ?? id);
  const alternatives = [...new Set(parts)].map((part) => part.replace(/[^A-Z0-9_&]/g, "\\$&"));
  return new RegExp(`(?:${alternatives.join("|")})(?![&\\w])`, "i");
}
