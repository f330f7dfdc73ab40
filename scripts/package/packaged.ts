/** The packaged program as the sources are now, built at most once: half a minute that every test file would pay otherwise. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";
import { CACHE } from "./cache.ts";
import { withLock } from "./lock.ts";
import { packageInto } from "./package-into.ts";

const BUILT = join(CACHE, "built");

/** What the executables depend on (esbuild goes by tsconfig.json): the version of everything else is in package-lock.json. */
const INPUTS = [
  "src",
  "scripts/build",
  "scripts/package",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "LICENSE",
];

/** Two hundred megabytes each; but tests that were started before the inputs changed may still be at work with the former one. */
const KEPT_MS = 60 * 60_000;

/** Returns the folder with the files of package-into.ts, which are only to be read; builds them when the inputs have changed. */
export async function packagedFolder(): Promise<string> {
  const folder = join(BUILT, inputsKey());
  if (existsSync(folder)) return folder;
  mkdirSync(BUILT, { recursive: true });
  return withLock(join(CACHE, "lock"), async () => {
    if (!existsSync(folder)) await buildInto(folder);
    return folder;
  });
}

/** Only ever one process is here: what others have left half done is nobody's. */
async function buildInto(folder: string): Promise<void> {
  removeAll(CACHE, (name) => /^(?:made|pack)-/.test(name));
  const made = mkdtempSync(join(CACHE, "made-"));
  try {
    await packageInto(made);
    removeAll(BUILT, (name) => Date.now() - statSync(join(BUILT, name)).mtimeMs > KEPT_MS);
    renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function removeAll(folder: string, isToGo: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(isToGo)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** A hash of the names and contents of all inputs. */
function inputsKey(): string {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap(filesOf)) {
    const content = readFileSync(join(REPOSITORY, file));
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest("hex").slice(0, 32);
}

/** The file itself, or all files below the folder, in a fixed order; texts for people do not count. */
function filesOf(path: string): readonly string[] {
  if (!statSync(join(REPOSITORY, path)).isDirectory()) return [path];
  const names = readdirSync(join(REPOSITORY, path)).sort();
  return names.filter((name) => !name.endsWith(".md")).flatMap((name) => filesOf(`${path}/${name}`));
}
