/** `npm run package`: the program as one executable for Windows and one for Linux in dist/, with their licences, bill of materials and checksums. */
import { copyFileSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { packagedFolder } from "./package/packaged.ts";
import { REPOSITORY } from "./repository.ts";

const dist = join(REPOSITORY, "dist");
const made = await packagedFolder();
mkdirSync(dist, { recursive: true });
for (const name of readdirSync(made).sort()) {
  copyFileSync(join(made, name), join(dist, name));
  process.stdout.write(`dist/${name}  ${(statSync(join(dist, name)).size / 1e6).toFixed(1)} MB\n`);
}
