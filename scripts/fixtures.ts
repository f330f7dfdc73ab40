/** `npm run fixtures -- FOLDER [IMAGE...]`: builds the phony Windows images of fixtures/, each a volume's root in a folder of its name. `npm run fixtures -- --bad-hives`: writes fixtures/hives/bad anew. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { decodeRegFile, encodeRegFile } from "../src/regtext/encoding.ts";
import type { RegEntry } from "../src/regtext/model.ts";
import { parseRegText } from "../src/regtext/parse.ts";
import { badHive, PROBLEM_CODES } from "./fixtures/bad-hives/index.ts";
import { expandDirectives } from "./fixtures/directives.ts";
import { hiveBytesOf } from "./fixtures/hive-bytes.ts";
import { adapterTexts } from "./fixtures/hardware.ts";
import { IMAGE_NAMES, IMAGES, VARIANT_NAMES } from "./fixtures/images.ts";
import { keyTree } from "./fixtures/key-tree.ts";
import { type FixtureName, imageParts } from "./fixtures/parts.ts";
import { VERSION_NAMES } from "./fixtures/versions.ts";
import { isMainModule } from "./main-module.ts";
import { REPOSITORY } from "./repository.ts";

export const FIXTURES: string = join(REPOSITORY, "fixtures");

/** One hive for each code of a problem: `<code>.hive`. */
export const BAD_HIVES_FOLDER: string = join(FIXTURES, "hives", "bad");

type HiveName = "SYSTEM" | "SOFTWARE" | "DRIVERS";

/** A hive of a phony image; throws an Error that names the line of the fixture that is wrong. */
export function fixtureHive(name: FixtureName, hive: HiveName = "SYSTEM"): Uint8Array {
  const { keyTime, headerTime } = IMAGES[imageParts(name).image];
  const root = keyTree(entriesOfHive(name, hive), `HKEY_LOCAL_MACHINE\\${hive}`, keyTime);
  return hiveBytesOf(root, { name: hive, headerTime });
}

function entriesOfHive(name: FixtureName, hive: HiveName): readonly RegEntry[] {
  const { folders, adapters, last } = imageParts(name);
  const inFolder = (folder: string): readonly RegEntry[] => entriesOf(join(FIXTURES, folder, `${hive}.reg`));
  const ofAdapters = hive === "SYSTEM" ? adapters.flatMap((adapter) => adapterEntries(...adapter)) : [];
  return [...folders.flatMap(inFolder), ...ofAdapters, ...last.flatMap(inFolder)];
}

/** What makes an adapter in a SYSTEM hive of that shape. */
export function adapterEntries(...adapter: Parameters<typeof adapterTexts>): readonly RegEntry[] {
  return adapterTexts(...adapter).flatMap(([text, path]) => entriesOfText(text, path));
}

function entriesOf(path: string): readonly RegEntry[] {
  return existsSync(path) ? entriesOfText(decodeRegFile(readFileSync(path), path), path) : [];
}

function entriesOfText(text: string, path: string): readonly RegEntry[] {
  return parseRegText(expandDirectives(text, path), path).entries;
}

/** Writes a phony image into `folder` (made when missing), which is then a Windows volume's root. */
export function buildFixture(name: FixtureName, folder: string): void {
  const { image, folders } = imageParts(name);
  const { hive, logs } = IMAGES[image];
  const from = folders.map((part) => join(FIXTURES, part));
  const hivePath = join(folder, ...hive.split("/"));
  mkdirSync(dirname(hivePath), { recursive: true });
  writeFileSync(hivePath, fixtureHive(name));
  for (const ending of logs) {
    writeFileSync(hivePath + ending, "");
  }
  const isLowerCase = hive.endsWith("system");
  writeFileSync(join(dirname(hivePath), isLowerCase ? "software" : "SOFTWARE"), fixtureHive(name, "SOFTWARE"));
  if (from.some((part) => existsSync(join(part, "DRIVERS.reg")))) {
    writeFileSync(join(dirname(hivePath), "DRIVERS"), fixtureHive(name, "DRIVERS"));
  }
  for (const part of from) {
    copyFiles(join(part, "files"), folder);
    copyFiles(join(part, "files-utf16"), folder, encodeRegFile);
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
  const known: readonly string[] = [...IMAGE_NAMES, ...VARIANT_NAMES, ...VERSION_NAMES];
  const unknown = names.filter((name) => !known.includes(name));
  if (folder === undefined || unknown.length > 0) {
    const wrong = unknown.length > 0 ? `there is no image ${unknown.join(", ")}` : "name the folder to build them in";
    process.stderr.write(`fixtures: ${wrong} (images: ${known.join(", ")})\n`);
    return 2;
  }
  for (const name of names.length > 0 ? (names as readonly FixtureName[]) : IMAGE_NAMES) {
    buildFixture(name, join(folder, name));
    process.stdout.write(`${resolve(folder, name)}\n`);
  }
  return 0;
}

if (isMainModule(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
