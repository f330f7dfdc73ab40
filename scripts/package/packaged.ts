/** The packaged program as the sources are now, built at most once: half a minute that every test file would pay otherwise. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";
import { CACHE } from "./cache.ts";
import { withLock } from "./lock.ts";
import { packageInto } from "./package-into.ts";

const BUILT = join(CACHE, "built");

/** What the executables depend on: the version of everything else is in package-lock.json. */
const INPUTS = ["src", "scripts/build", "scripts/package", "package.json", "package-lock.json", "LICENSE"];

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

async function buildInto(folder: string): Promise<void> {
  const made = mkdtempSync(join(CACHE, "made-"));
  try {
    await packageInto(made);
    for (const former of readdirSync(BUILT)) rmSync(join(BUILT, former), { recursive: true, force: true });
    renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
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

/** The file itself, or all files below the folder, in a fixed order. */
function filesOf(path: string): readonly string[] {
  if (!statSync(join(REPOSITORY, path)).isDirectory()) return [path];
  const names = readdirSync(join(REPOSITORY, path)).sort();
  return names.flatMap((name) => filesOf(`${path}/${name}`));
}
