/** `npm run fixtures -- FOLDER [IMAGE...]`: builds the phony Windows images of fixtures/, each a volume's root in a folder of its name. `npm run fixtures -- --bad-hives`: writes fixtures/hives/bad anew. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { decodeRegFile, encodeRegFile } from "../src/regtext/encoding.ts";
import type { RegEntry } from "../src/regtext/model.ts";
import { parseRegText } from "../src/regtext/parse.ts";
import { badHive, PROBLEM_CODES } from "./fixtures/bad-hives/index.ts";
import { expandDirectives } from "./fixtures/directives.ts";
import { hiveBytesOf } from "./fixtures/hive-bytes.ts";
import {
  IMAGE_NAMES,
  IMAGES,
  type ImageName,
  imageBehind,
  VARIANT_NAMES,
  type VariantName,
} from "./fixtures/images.ts";
import { keyTree } from "./fixtures/key-tree.ts";
import { isMainModule } from "./main-module.ts";
import { REPOSITORY } from "./repository.ts";

export const FIXTURES: string = join(REPOSITORY, "fixtures");

/** One hive for each code of a problem: `<code>.hive`. */
export const BAD_HIVES_FOLDER: string = join(FIXTURES, "hives", "bad");

type HiveName = "SYSTEM" | "SOFTWARE" | "DRIVERS";

/** A hive of a phony image; throws an Error that names the line of the fixture that is wrong. */
export function fixtureHive(name: ImageName | VariantName, hive: HiveName = "SYSTEM"): Uint8Array {
  const { image } = imageBehind(name);
  const { keyTime, headerTime } = IMAGES[image];
  const entries = foldersOf(name).flatMap((folder) => entriesOf(join(folder, `${hive}.reg`)));
  const root = keyTree(entries, `HKEY_LOCAL_MACHINE\\${hive}`, keyTime);
  return hiveBytesOf(root, { name: hive, headerTime });
}

/** Of the image, then of the variant. */
function foldersOf(name: ImageName | VariantName): readonly string[] {
  const { image, variant } = imageBehind(name);
  return [join(FIXTURES, image), ...(variant === undefined ? [] : [join(FIXTURES, "variants", variant)])];
}

function entriesOf(path: string): readonly RegEntry[] {
  return existsSync(path)
    ? parseRegText(expandDirectives(decodeRegFile(readFileSync(path), path), path), path).entries
    : [];
}

/** Writes a phony image into `folder` (made when missing), which is then a Windows volume's root. */
export function buildFixture(name: ImageName | VariantName, folder: string): void {
  const { hive, logs } = IMAGES[imageBehind(name).image];
  const hivePath = join(folder, ...hive.split("/"));
  mkdirSync(dirname(hivePath), { recursive: true });
  writeFileSync(hivePath, fixtureHive(name));
  for (const ending of logs) {
    writeFileSync(hivePath + ending, "");
  }
  const isLowerCase = hive.endsWith("system");
  writeFileSync(join(dirname(hivePath), isLowerCase ? "software" : "SOFTWARE"), fixtureHive(name, "SOFTWARE"));
  if (foldersOf(name).some((from) => existsSync(join(from, "DRIVERS.reg")))) {
    writeFileSync(join(dirname(hivePath), "DRIVERS"), fixtureHive(name, "DRIVERS"));
  }
  for (const from of foldersOf(name)) {
    copyFiles(join(from, "files"), folder);
    copyFiles(join(from, "files-utf16"), folder, encodeRegFile);
  }
}

/** With `encode` the files are text, and written in another encoding than that of this repository. */
function copyFiles(from: string, into: string, encode?: (text: string) => Uint8Array): void {
  if (!existsSync(from)) return;
  cpSync(from, into, { recursive: true });
  if (encode === undefined) return;
  for (const name of readdirSync(from, { recursive: true, encoding: "utf8" })) {
    const file = join(from, name);
    if (statSync(file).isFile()) writeFileSync(join(into, name), encode(readFileSync(file, "utf8")));
  }
}

/** Whatever else was in the folder is gone. */
function buildBadHives(): void {
  rmSync(BAD_HIVES_FOLDER, { recursive: true, force: true });
  mkdirSync(BAD_HIVES_FOLDER, { recursive: true });
  for (const code of PROBLEM_CODES) writeFileSync(join(BAD_HIVES_FOLDER, `${code}.hive`), badHive(code).build().bytes);
  process.stdout.write(`${BAD_HIVES_FOLDER}\n`);
}

function main(args: readonly string[]): number {
  if (args.length === 1 && args[0] === "--bad-hives") {
    buildBadHives();
    return 0;
  }
  const [folder, ...names] = args;
  const known: readonly string[] = [...IMAGE_NAMES, ...VARIANT_NAMES];
  const unknown = names.filter((name) => !known.includes(name));
  if (folder === undefined || unknown.length > 0) {
    const wrong = unknown.length > 0 ? `there is no image ${unknown.join(", ")}` : "name the folder to build them in";
    process.stderr.write(`fixtures: ${wrong} (images: ${known.join(", ")})\n`);
    return 2;
  }
  for (const name of names.length > 0 ? (names as readonly (ImageName | VariantName)[]) : IMAGE_NAMES) {
    buildFixture(name, join(folder, name));
    process.stdout.write(`${resolve(folder, name)}\n`);
  }
  return 0;
}

if (isMainModule(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
