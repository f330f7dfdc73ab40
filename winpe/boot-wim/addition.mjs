/** Putting pint into an image: the changes, and what the image holds afterwards. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FOLDER, hashesOf, hashInWim, sha1Of, STARTS, startFile } from "./kit.mjs";
import { contentsWithout, find, keptPath, MANIFEST, removal } from "./manifest.mjs";
import { quoted } from "./wimlib.mjs";

/**
 * Completes `stage`, which is to be /PINT; what is there already is taken out first.
 * @param {import("./image.mjs").Image} image
 * @param {string} stage
 * @param {string} start one of STARTS
 */
export function composeAddition({ manifest, contents }, stage, start) {
  const rest = manifest === undefined ? contents : contentsWithout(manifest, contents);
  const expected = new Map(rest);
  const files = new Map(hashesOf(stage, FOLDER));
  const changes = [...(manifest === undefined ? [] : removal(manifest)), `add ${quoted(stage)} ${quoted(FOLDER)}`];
  /** @type {Record<string, string>} */
  const replaced = {};
  const chosen = STARTS[start];
  if (chosen !== undefined) {
    const former = find(rest, chosen.path);
    const path = former ?? chosen.path;
    if (former !== undefined) {
      const kept = keptPath(path);
      replaced[path] = kept;
      mkdirSync(join(stage, "before"));
      changes.push(`rename ${quoted(path)} ${quoted(kept)}`);
      expected.set(kept, rest.get(path) ?? "");
    }
    changes.push(`add ${quoted(startFile(chosen.file))} ${quoted(path)}`);
    files.set(path, sha1Of(startFile(chosen.file)));
  }
  const document = { pintBootMedia: 1, files: Object.fromEntries(files), replaced };
  const written = join(stage, basename(MANIFEST));
  writeFileSync(written, `${JSON.stringify(document, undefined, 2)}\n`);
  for (const [path, hash] of [...files, [MANIFEST, sha1Of(written)]]) expected.set(path ?? "", hashInWim(hash ?? ""));
  addFolders(expected);
  return { changes, expected, dropped: droppedFiles(manifest, files) };
}

/**
 * What was put beside pint.exe before, and is not there any more.
 * @param {import("./manifest.mjs").Manifest | undefined} manifest
 * @param {ReadonlyMap<string, string>} files
 */
function droppedFiles(manifest, files) {
  const former = Object.keys(manifest?.files ?? {}).filter((path) => path.startsWith(`${FOLDER}/`));
  return former.filter((path) => find(files, path) === undefined);
}

/**
 * Those that the files lie in.
 * @param {Map<string, string>} contents
 */
function addFolders(contents) {
  for (const path of [...contents.keys()]) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (!contents.has(folder)) contents.set(folder, "");
    }
  }
}
