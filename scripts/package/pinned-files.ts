/** Other people's files from npm packages that cannot be dependencies (they are for other systems), pinned by their hashes. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { extract } from "tar";
import { CACHE } from "./cache.ts";
import { integrityOf, sha256Of } from "./hash.ts";
import pins from "./pins.json" with { type: "json" };

export interface Pin {
  readonly version: string;
  /** Of the package's archive: sha512, as package-lock.json writes it. */
  readonly integrity: string;
  /** Path in the package -> sha256 in hexadecimal. */
  readonly files: Readonly<Record<string, string>>;
}

export type PinnedPackage = keyof typeof pins;

export const PINS: Readonly<Record<PinnedPackage, Pin>> = pins;

/** Tens of megabytes, on a slow line. */
const FETCH_TIMEOUT_MS = 15 * 60_000;

/**
 * The path of a package's file in the cache, its hash just checked; fetches the package with npm when it is not there (npm's own
 * cache serves without a network). Throws when npm fails, or when what comes is not what is pinned.
 */
export function pinnedFile(name: PinnedPackage, path: string): Promise<string> {
  return fileOf(name, PINS[name], path, CACHE);
}

/** The same of any package, in any folder as the cache. */
export async function fileOf(name: string, pin: Pin, path: string, cache: string): Promise<string> {
  const wanted = pin.files[path];
  if (wanted === undefined) throw new Error(`${path} of ${name} is not pinned in pins.json`);
  const folder = join(cache, `${name}-${pin.version}`);
  const file = join(folder, ...path.split("/"));
  if (!existsSync(file) || sha256Of(file) !== wanted) {
    await fetchPackage(`${name}@${pin.version}`, pin, folder);
  }
  const found = existsSync(file) ? sha256Of(file) : "nothing";
  if (found !== wanted) throw new Error(`${file}: sha256 ${wanted} is pinned, and ${found} is there`);
  return file;
}

/** Puts the pinned files of a package into `folder`, all at once: another build may be at it too. */
async function fetchPackage(specification: string, { integrity, files }: Pin, folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), "fetch-"));
  try {
    const archive = npmPack(specification, work);
    const found = integrityOf(archive);
    if (found !== integrity) throw new Error(`${specification}: ${integrity} is pinned, and npm brought ${found}`);
    const unpacked = join(work, "unpacked");
    mkdirSync(unpacked);
    await extract({ file: archive, cwd: unpacked, strip: 1, filter: (path) => isWanted(path, Object.keys(files)) });
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function isWanted(path: string, files: readonly string[]): boolean {
  return files.includes(path.slice(path.indexOf("/") + 1));
}

/** Returns the archive's path. */
function npmPack(specification: string, folder: string): string {
  const args = ["pack", specification, "--pack-destination", folder, "--prefer-offline", "--loglevel=error"];
  const { status, stderr, error } = spawnSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    timeout: FETCH_TIMEOUT_MS,
  });
  const archive = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (status !== 0 || archive === undefined) {
    throw new Error(`npm pack ${specification}: ${error?.message ?? (stderr.trim() || `exit status ${status}`)}`);
  }
  return join(folder, archive);
}
