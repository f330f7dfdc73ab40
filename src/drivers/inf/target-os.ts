/** Which of an INF file's sections are for this Windows: the decorations of their names (Microsoft, "INF Manufacturer Section", TargetOSVersion). */

export type Architecture = "x86" | "amd64" | "ia64" | "arm" | "arm64";

/** The Windows of an image, as INF files speak of one. */
export interface TargetOs {
  readonly architecture: Architecture;
  readonly major: number;
  readonly minor: number;
  /** Absent where it is not known: then any build will do. */
  readonly build?: number | undefined;
  /** VER_NT_WORKSTATION 1, VER_NT_DOMAIN_CONTROLLER 2, VER_NT_SERVER 3 (winnt.h). Absent: any will do. */
  readonly productType?: 1 | 2 | 3 | undefined;
}

interface Decoration {
  readonly architecture: string | undefined;
  /** In the order of the name: major, minor, product type, suite mask, build; undefined where it says nothing. */
  readonly numbers: readonly (number | undefined)[];
}

/**
 * Of the decorations that an entry of [Manufacturer] lists, the one that Windows takes; "" is the section's name alone, undefined none at all. The version is
 * the highest that is not above this Windows'; then a product type decides. From Server 2003 SP1 on only an x86 Windows takes what names no architecture.
 */
export function chooseDecoration(listed: readonly string[], os: TargetOs): string | undefined {
  const fitting = listed.flatMap((text) => {
    const decoration = parseDecoration(text);
    return decoration !== undefined && isFor(decoration, os) ? [{ text, rank: rankOf(decoration) }] : [];
  });
  const [best] = fitting.sort((left, right) => compareRanks(right.rank, left.rank));
  return best?.text ?? (os.architecture === "x86" ? "" : undefined);
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

function isFor({ architecture, numbers }: Decoration, os: TargetOs): boolean {
  const [major, minor = 0, productType, suite, build] = numbers;
  if ((architecture ?? "x86") !== os.architecture) return false;
  if (productType !== undefined && os.productType !== undefined && productType !== os.productType) return false;
  if (suite !== undefined) return false; // the suites of an image are not known: Datacenter and the like
  if (major === undefined || major < os.major) return true;
  if (major > os.major || minor > os.minor) return false;
  return minor < os.minor || build === undefined || os.build === undefined || build <= os.build;
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
