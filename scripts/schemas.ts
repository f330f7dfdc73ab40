/** `npm run schemas`: writes the documents' JSON Schemas alone, into dist/schemas or the folder that is named. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { documentSchemas } from "./build/schemas.ts";
import { REPOSITORY } from "./repository.ts";

const folder = resolve(process.argv[2] ?? join(REPOSITORY, "dist", "schemas"));
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(documentSchemas())) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, undefined, 2)}\n`);
}
process.stdout.write(`wrote the JSON Schemas into ${folder}\n`);
