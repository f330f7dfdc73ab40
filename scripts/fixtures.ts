/** `npm run fixtures -- FOLDER [IMAGE...]`: builds the phony Windows images of fixtures/, each a volume's root in a folder of its name. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { decodeRegFile } from "../src/regtext/encoding.ts";
import { parseRegText } from "../src/regtext/parse.ts";
import { expandDirectives } from "./fixtures/directives.ts";
import { hiveBytesOf } from "./fixtures/hive-bytes.ts";
import { IMAGE_NAMES, IMAGES, type ImageName } from "./fixtures/images.ts";
import { keyTree } from "./fixtures/key-tree.ts";
import { isMainModule } from "./main-module.ts";
import { REPOSITORY } from "./repository.ts";

const FIXTURES = join(REPOSITORY, "fixtures");

/** The SYSTEM hive of a phony image; throws an Error that names the line of the fixture that is wrong. */
export function fixtureHive(image: ImageName): Uint8Array {
  const path = join(FIXTURES, image, "SYSTEM.reg");
  const text = expandDirectives(decodeRegFile(readFileSync(path), path), path);
  const { keyTime, headerTime } = IMAGES[image];
  const root = keyTree(parseRegText(text, path).entries, "HKEY_LOCAL_MACHINE\\SYSTEM", keyTime);
  return hiveBytesOf(root, { name: "SYSTEM", headerTime });
}

/** Writes a phony image into `folder` (made when missing), which is then a Windows volume's root. */
export function buildFixture(image: ImageName, folder: string): void {
  const { hive, logs } = IMAGES[image];
  const hivePath = join(folder, ...hive.split("/"));
  mkdirSync(dirname(hivePath), { recursive: true });
  writeFileSync(hivePath, fixtureHive(image));
  for (const ending of logs) {
    writeFileSync(hivePath + ending, "");
  }
  const files = join(FIXTURES, image, "files");
  if (existsSync(files)) {
    cpSync(files, folder, { recursive: true });
  }
}

function main(args: readonly string[]): number {
  const [folder, ...names] = args;
  const unknown = names.filter((name) => !(name in IMAGES));
  if (folder === undefined || unknown.length > 0) {
    const wrong = unknown.length > 0 ? `there is no image ${unknown.join(", ")}` : "name the folder to build them in";
    process.stderr.write(`fixtures: ${wrong} (images: ${IMAGE_NAMES.join(", ")})\n`);
    return 2;
  }
  for (const name of names.length > 0 ? (names as readonly ImageName[]) : IMAGE_NAMES) {
    buildFixture(name, join(folder, name));
    process.stdout.write(`${resolve(folder, name)}\n`);
  }
  return 0;
}

if (isMainModule(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
