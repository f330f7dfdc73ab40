/** Looks through INF files for the devices that nothing else knows a driver for. */
import { findInInf, type FoundInInf } from "./inf/find-driver.ts";
import { parseInf } from "./inf/parse.ts";
import type { TargetOs } from "./inf/target-os.ts";
import { decodeInf } from "./inf/text.ts";
import type { InfFile } from "./model.ts";

/** The largest INF files of Windows have less than 1 MiB. */
const MAX_INF_SIZE = 8 * 2 ** 20;
/** A Windows with all its updates has some thousand packages. */
const MAX_INF_COUNT = 50_000;

export interface InfSearch<T> {
  readonly found: ReadonlyMap<T, FoundInInf & { readonly inf: string }>;
  readonly count: number;
  /** What was not read and why, the first of them: the end of a sentence. Absent when all was, or nothing more was wanted. */
  readonly gap?: string | undefined;
}

/** `wanted`: each with its IDs in upper case, most specific first. Reads on until every one has an adapter's driver: a bus driver may yet be bettered. */
export function searchInfs<T extends { readonly ids: readonly string[] }>(
  files: Iterable<InfFile>,
  wanted: readonly T[],
  os: TargetOs,
): InfSearch<T> {
  const found = new Map<T, FoundInInf & { inf: string }>();
  const isOpen = (one: T): boolean => found.get(one)?.of !== "net";
  const names = anyOf(wanted.flatMap(({ ids }) => ids));
  let [count, gap] = [0, undefined as string | undefined];
  for (const file of files) {
    if (count++ === MAX_INF_COUNT)
      return { found, count: MAX_INF_COUNT, gap: `there are more than ${MAX_INF_COUNT} INF files` };
    const bytes = file.read(MAX_INF_SIZE);
    if (!bytes.read) {
      gap ??= `${file.name} could not be read: ${bytes.reason}`;
      continue;
    }
    const text = decodeInf(bytes.found);
    // Cheap, and nearly always the answer: thousands of files are about other devices.
    if (!names.test(text)) continue;
    const inf = parseInf(text);
    for (const one of wanted.filter(isOpen)) {
      const hit = findInInf(inf, one.ids, os);
      if ((hit !== undefined && !found.has(one)) || hit?.of === "net") found.set(one, { ...hit, inf: file.name });
    }
    if (!wanted.some(isOpen)) return { found, count };
  }
  return { found, count, gap };
}

/** One of the IDs as a whole, however it is spelled. */
function anyOf(ids: readonly string[]): RegExp {
  const alternatives = [...new Set(ids)].map((id) => id.replace(/[^A-Z0-9_&]/g, "\\$&"));
  return new RegExp(`(?:${alternatives.join("|")})(?![&\\w])`, "i");
}
