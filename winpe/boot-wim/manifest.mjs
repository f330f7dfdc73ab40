/** /PINT/boot-media.json in a WIM: what was put into it and what that replaced, so that it can be taken out again. */
import { BEFORE, FOLDER, hashInWim } from "./kit.mjs";
import { Refusal } from "./refusal.mjs";
import { quoted, readFile } from "./wimlib.mjs";

export const MANIFEST = `${FOLDER}/boot-media.json`;

/**
 * @typedef {object} Manifest
 * @property {1} pintBootMedia
 * @property {Record<string, string>} files path in the WIM -> SHA-1, without this document
 * @property {Record<string, string>} replaced path in the WIM -> where what was there is kept
 */

/**
 * undefined: pint is not in the image. Throws Refusal for a folder PINT that is not ours.
 * @param {string} wim
 * @param {number} index
 * @param {ReadonlyMap<string, string>} contents
 * @returns {Manifest | undefined}
 */
export function readManifest(wim, index, contents) {
  if (find(contents, FOLDER) === undefined) return undefined;
  const bytes = readFile(wim, index, MANIFEST);
  const manifest = bytes === undefined ? undefined : parse(bytes.toString("utf8"));
  if (manifest === undefined) {
    throw new Refusal(`image ${index} has a folder ${FOLDER} that this program has not made: it is left alone`);
  }
  return manifest;
}

/** @param {string} text */
function parse(text) {
  try {
    const document = JSON.parse(text);
    const isOurs = document.pintBootMedia === 1 && isTable(document.files) && isTable(document.replaced);
    return isOurs ? /** @type {Manifest} */ (document) : undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} value */
function isTable(value) {
  return typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string");
}

/**
 * The files that are not as they were put there, or gone, and what somebody else has put into the folder.
 * @param {Manifest} manifest
 * @param {ReadonlyMap<string, string>} contents
 */
export function changedFiles({ files, replaced }, contents) {
  const changed = Object.entries(files).filter(
    ([path, hash]) => contents.get(find(contents, path) ?? "") !== hashInWim(hash),
  );
  const lost = Object.values(replaced).filter((path) => find(contents, path) === undefined);
  return [...changed.map(([path]) => path), ...lost, ...foreignPaths({ files, replaced }, contents)];
}

/**
 * What lies in the folder without being ours; of folders only those that hold nothing.
 * @param {Pick<Manifest, "files" | "replaced">} manifest
 * @param {ReadonlyMap<string, string>} contents
 */
function foreignPaths({ files, replaced }, contents) {
  const known = new Set(
    [...Object.keys(files), ...Object.values(replaced), MANIFEST].map((path) => path.toLowerCase()),
  );
  const paths = [...contents.keys()].filter((path) => isOrIsBelow(path, FOLDER));
  const holding = new Set(paths.map((path) => path.slice(0, path.lastIndexOf("/"))));
  return paths.filter((path) => !known.has(path.toLowerCase()) && !holding.has(path));
}

/**
 * The update commands that take it out again.
 * @param {Manifest} manifest
 */
export function removal({ files, replaced }) {
  const outside = Object.keys(files).filter((path) => !path.startsWith(`${FOLDER}/`));
  return [
    ...outside.map((path) => `delete --force ${quoted(path)}`),
    ...Object.entries(replaced).map(([path, kept]) => `rename ${quoted(kept)} ${quoted(path)}`),
    `delete --recursive ${quoted(FOLDER)}`,
  ];
}

/**
 * What the image holds once it is taken out.
 * @param {Manifest} manifest
 * @param {ReadonlyMap<string, string>} contents
 */
export function contentsWithout({ files, replaced }, contents) {
  const ours = new Set(Object.keys(files).map((path) => path.toLowerCase()));
  const rest = new Map([...contents].filter(([path]) => !ours.has(path.toLowerCase()) && !isOrIsBelow(path, FOLDER)));
  for (const [path, kept] of Object.entries(replaced)) {
    const found = find(contents, kept);
    if (found !== undefined) rest.set(path, contents.get(found) ?? "");
  }
  return rest;
}

/**
 * @param {string} path
 * @param {string} folder
 */
function isOrIsBelow(path, folder) {
  return `${path}/`.toLowerCase().startsWith(`${folder}/`.toLowerCase());
}

/**
 * The path as the image spells it.
 * @param {ReadonlyMap<string, string>} contents
 * @param {string} path
 */
export function find(contents, path) {
  if (contents.has(path)) return path;
  return [...contents.keys()].find((one) => one.toLowerCase() === path.toLowerCase());
}

/**
 * Where what was there is kept.
 * @param {string} path
 */
export function keptPath(path) {
  return `${BEFORE}/${path.slice(path.lastIndexOf("/") + 1)}`;
}
