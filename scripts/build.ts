/** `npm run build`: makes dist/ from nothing: the program, the library, the JSON Schemas, the licences. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileLibrary } from "./build/library.ts";
import { licensesText } from "./build/licenses.ts";
import { bundleProgram } from "./build/program.ts";
import { writeSchemas } from "./build/schemas.ts";
import { isMainModule } from "./main-module.ts";
import { REPOSITORY } from "./repository.ts";

/** Writes only dist/pint.cjs and its licences into `dist`: all that running it takes. Returns the program's path. */
export async function buildProgram(dist: string): Promise<string> {
  const program = await bundleProgram();
  const path = join(dist, "pint.cjs");
  mkdirSync(dist, { recursive: true });
  writeFileSync(path, program.code);
  chmodSync(path, 0o755);
  writeFileSync(join(dist, "LICENSES.txt"), licensesText(program));
  return path;
}

export async function buildAll(dist: string): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  await buildProgram(dist);
  writeSchemas(join(dist, "schemas"));
  compileLibrary(join(dist, "lib"));
}

if (isMainModule(import.meta.url)) {
  await buildAll(join(REPOSITORY, "dist"));
  process.stdout.write("built dist/pint.cjs (the program), dist/lib (the library), dist/schemas\n");
}
