/** `npm run build`: makes dist/ from nothing: the program, the library, the JSON Schemas, the licences. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileLibrary } from "./build/library.ts";
import { licensesText } from "./build/licenses.ts";
import { bundleProgram } from "./build/program.ts";
import { documentSchemas } from "./build/schemas.ts";
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
  mkdirSync(join(dist, "schemas"), { recursive: true });
  for (const [name, schema] of Object.entries(documentSchemas())) {
    writeFileSync(join(dist, "schemas", name), `${JSON.stringify(schema, undefined, 2)}\n`);
  }
  compileLibrary(join(dist, "lib"));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildAll(join(REPOSITORY, "dist"));
  process.stdout.write("built dist/pint.cjs (the program), dist/lib (the library), dist/schemas\n");
}
