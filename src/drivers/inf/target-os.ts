/** Which of an INF file's sections are for this Windows: the decorations of their names (Microsoft, "INF Manufacturer Section", TargetOSVersion). */

export type Architecture = "x86" | "amd64" | "ia64" | "arm" | "arm64";

/** The Windows of an image, as INF files speak of one. */
export interface TargetOs {
  readonly architecture: Architecture;
  readonly major: number;
  readonly minor: number;
  /** Absent where it is not known. */
  readonly build?: number | undefined;
  /** VER_NT_WORKSTATION 1, VER_NT_DOMAIN_CONTROLLER 2, VER_NT_SERVER 3 (winnt.h). Absent where it is not known. */
  readonly productType?: 1 | 2 | 3 | undefined;
}

interface Decoration {
  readonly architecture: string | undefined;
  /** In the order of the name: major, minor, product type, suite mask, build; undefined where it says nothing. */
  readonly numbers: readonly (number | undefined)[];
}

/** Of the decorations that an entry of [Manufacturer] lists. */
export interface Decorations {
  /** The one that Windows takes, "" being the section's name alone; none; or with a `doubt` all that it may take. */
  readonly taken: readonly string[];
  /** Why nobody can tell which: a sentence without its subject, which is the file. */
  readonly doubt?: string | undefined;
}

const BY_NUMBERS_UNKNOWN =
  "has sections for some builds or kinds of Windows only, and the image does not say which its own is";

/**
 * The version is the highest that is not above this Windows'; then a product type decides. From Server 2003 SP1 on only an x86 Windows takes what names no
 * architecture.
 */
export function decorationsFor(listed: readonly string[], os: TargetOs): Decorations {
  const fitting = listed.flatMap((text) => {
    const decoration = parseDecoration(text);
    const fits = decoration === undefined ? false : fitsOf(decoration, os);
    return decoration === undefined || fits === false ? [] : [{ text, fits, rank: rankOf(decoration) }];
  });
  const bestFirst = fitting.toSorted((left, right) => compareRanks(right.rank, left.rank));
  const sure = bestFirst.findIndex(({ fits }) => fits === true);
  const possible = sure === -1 ? bestFirst : bestFirst.slice(0, sure + 1);
  const texts = possible.map(({ text }) => text);
  const taken = sure === -1 && os.architecture === "x86" ? [...texts, ""] : texts;
  return possible.some(({ fits }) => fits === "perhaps") ? { taken, doubt: BY_NUMBERS_UNKNOWN } : { taken };
}

/** Undefined for what is none, which Windows passes over. */
function parseDecoration(text: string): Decoration | undefined {
  const [, architecture, rest] =
    /^nt(x86|ia64|amd64|arm64|arm)?((?:\.(?:\d{0,9}|0x[0-9a-f]{1,8})){0,5})$/i.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const numbers = rest
    .split(".")
    .slice(1)
    .map((part) => (part === "" ? undefined : Number(part)));
  return { architecture: architecture?.toLowerCase(), numbers };
}

/** "perhaps" where a number decides that is not known of this Windows. */
function fitsOf({ architecture, numbers }: Decoration, os: TargetOs): boolean | "perhaps" {
  const [major, minor = 0, productType, suite, build] = numbers;
  if ((architecture ?? "x86") !== os.architecture) return false;
  if (productType !== undefined && os.productType !== undefined && productType !== os.productType) return false;
  if (suite !== undefined) return false; // the suites of an image are not known: Datacenter and the like
  const isOlder = major === undefined || major < os.major || (major === os.major && minor < os.minor);
  if (!isOlder && (major > os.major || minor > os.minor)) return false;
  const buildDecides = !isOlder && build !== undefined;
  if (buildDecides && os.build !== undefined && build > os.build) return false;
  const isOpen =
    (productType !== undefined && os.productType === undefined) || (buildDecides && os.build === undefined);
  return isOpen ? "perhaps" : true;
}

/** More is better, from the first number on. */
function rankOf({ architecture, numbers }: Decoration): readonly number[] {
  const [major, minor, productType, , build] = numbers;
  return [major ?? -1, minor ?? -1, build ?? -1, Number(productType !== undefined), Number(architecture !== undefined)];
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  for (const [index, number] of left.entries()) {
    const difference = number - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
