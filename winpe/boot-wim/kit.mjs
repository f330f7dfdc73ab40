/** What goes into boot media: the program and what lies beside it, put together in a folder as it is to be in the WIM. */
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Refusal } from "./refusal.mjs";

const WINPE = fileURLToPath(new URL("..", import.meta.url));
const X64 = 0x8664;

/** Where pint lies in the WIM, and what was replaced there. */
export const FOLDER = "/PINT";
export const BEFORE = `${FOLDER}/before`;

/** Names below FOLDER that are not a profile's. */
const RESERVED = ["before", "boot-media.json", "drivers", "pint-options.txt"];

const SHA1_OF_NOTHING = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

/**
 * Which file starts pint, and where WinPE looks for it.
 * @type {Readonly<Record<string, { readonly file: string, readonly path: string } | undefined>>}
 */
export const STARTS = {
  startnet: { file: "startnet.cmd", path: "/Windows/System32/startnet.cmd" },
  winpeshl: { file: "winpeshl.ini", path: "/Windows/System32/winpeshl.ini" },
  unattend: { file: "unattend.xml", path: "/Unattend.xml" },
  none: undefined,
};

/**
 * The machine that a program is for: 0x8664 is x64. undefined for what is no program of Windows.
 * @param {Uint8Array} bytes
 */
function machineOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 0x40 || view.getUint16(0, false) !== 0x4d5a) return undefined;
  const header = view.getUint32(0x3c, true);
  if (header + 6 > bytes.length || view.getUint32(header, false) !== 0x50450000) return undefined;
  return view.getUint16(header + 4, true);
}

/** @param {Uint8Array | undefined} bytes */
export function isX64(bytes) {
  return bytes !== undefined && machineOf(bytes) === X64;
}

/**
 * Fills `stage` as /PINT is to be. Returns what a person should know of it.
 * @param {string} stage
 * @param {{ files: string, profiles: readonly string[], drivers: readonly string[], options: string | undefined }} wanted
 */
export function fillStage(stage, { files, profiles, drivers, options }) {
  /** @type {string[]} */
  const remarks = [];
  const program = join(files, "pint.exe");
  if (!existsSync(program)) throw new Refusal(`${program} is not there: name the folder that has it (--files FOLDER)`);
  if (!isX64(readFileSync(program))) throw new Refusal(`${program} is no x64 program of Windows`);
  for (const name of ["pint.exe", "nssm.exe", "EXECUTABLE-LICENSES.txt"]) {
    if (existsSync(join(files, name))) copyFileSync(join(files, name), join(stage, name));
    else remarks.push(`${join(files, name)} is not there, and so not in the WIM`);
  }
  copyFileSync(join(WINPE, "pint-auto.cmd"), join(stage, "pint-auto.cmd"));
  for (const profile of profiles.flatMap(jsonFiles)) {
    assertProfile(profile);
    const target = join(stage, basename(profile));
    if (existsSync(target))
      throw new Refusal(`two files are to be ${basename(profile)} beside pint.exe: ${profile} is one`);
    copyFileSync(profile, target);
  }
  for (const folder of drivers) {
    const target = join(stage, "drivers", basename(resolve(folder)));
    if (existsSync(target))
      throw new Refusal(`two folders of drivers are called ${basename(target)}: ${folder} is one`);
    if (!readdirSync(folder, { recursive: true }).some((name) => String(name).toLowerCase().endsWith(".inf"))) {
      remarks.push(`${folder} has no *.inf: WinPE loads no driver from it`);
    }
    cpSync(folder, target, { recursive: true, filter: (from) => !isFolderWithoutFiles(from) });
  }
  if (options !== undefined) writeFileSync(join(stage, "pint-options.txt"), `${options}\r\n`);
  return remarks;
}

/**
 * WinPE needs none, and the document of what was put there names files alone.
 * @param {string} path
 */
function isFolderWithoutFiles(path) {
  if (!statSync(path).isDirectory()) return false;
  return readdirSync(path, { recursive: true }).every((name) => statSync(join(path, String(name))).isDirectory());
}

/**
 * A file by itself, or those of a folder.
 * @param {string} path
 */
function jsonFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.toLowerCase().endsWith(".json"));
  if (names.length === 0) throw new Refusal(`${path} holds no profile (*.json)`);
  return names.map((name) => join(path, name));
}

/**
 * Throws Refusal for what pint could not read, or would lie where something else has to.
 * @param {string} file
 */
function assertProfile(file) {
  if (RESERVED.includes(basename(file).toLowerCase())) {
    throw new Refusal(`${file}: a profile cannot be called ${basename(file)}, which has another use beside pint.exe`);
  }
  try {
    JSON.parse(readFileSync(file, "utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(`${file} is no profile: ${error.message}`);
    throw error;
  }
}

/**
 * The start file of this folder.
 * @param {string} file
 */
export function startFile(file) {
  return join(WINPE, file);
}

/**
 * Path in the WIM -> SHA-1, of every file below a folder.
 * @param {string} folder
 * @param {string} below its path in the WIM
 * @returns {[string, string][]}
 */
export function hashesOf(folder, below) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const [path, inWim] = [join(folder, entry.name), `${below}/${entry.name}`];
    return entry.isDirectory() ? hashesOf(path, inWim) : [/** @type {[string, string]} */ ([inWim, sha1Of(path)])];
  });
}

/**
 * As wimlib tells it of a file in a WIM: nothing for an empty one, which has no content there.
 * @param {string} sha1
 */
export function hashInWim(sha1) {
  return sha1 === SHA1_OF_NOTHING ? "" : sha1;
}

/** @param {string} file */
export function sha1Of(file) {
  return createHash("sha1").update(readFileSync(file)).digest("hex");
}
