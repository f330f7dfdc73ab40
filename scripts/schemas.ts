/** `npm run schemas -- FOLDER`: writes the JSON Schemas of profile, inventory, plan and receipt (else into dist/schemas). */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documentSchemas } from "./build/schemas.ts";
import { isMainModule } from "./main-module.ts";
import { REPOSITORY } from "./repository.ts";

export function writeSchemas(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, schema] of Object.entries(documentSchemas())) {
    writeFileSync(join(folder, name), `${JSON.stringify(schema, undefined, 2)}\n`);
  }
}

if (isMainModule(import.meta.url)) {
  const folder = process.argv[2] ?? join(REPOSITORY, "dist", "schemas");
  writeSchemas(folder);
  process.stdout.write(`${folder}\n`);
}
