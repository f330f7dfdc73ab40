/** The image of a WIM that is booted, and what starts in it. */
import { realpathSync } from "node:fs";
import { FOLDER, isX64, STARTS } from "./kit.mjs";
import { contentsWithout, find, readManifest } from "./manifest.mjs";
import { Refusal } from "./refusal.mjs";
import { readContents, readFile, readInfo } from "./wimlib.mjs";

/** WinPE's own startnet.cmd. */
const PLAIN_STARTNET = /^\s*(@echo off\s+)?wpeinit\s*$/i;

/** What WinPE would start instead of startnet.cmd (Microsoft, "WinPE: Create Apps"; Setup's media). */
const BEFORE_STARTNET = ["/Windows/System32/winpeshl.ini", "/setup.exe", "/sources/setup.exe"];

/**
 * @typedef {object} Image
 * @property {string} wim
 * @property {number} index
 * @property {ReadonlyMap<string, string>} contents
 * @property {import("./manifest.mjs").Manifest | undefined} manifest
 */

/**
 * Throws Refusal for what is no WinPE for x64.
 * @param {string} file
 * @param {string | undefined} named
 * @returns {Image}
 */
export function openImage(file, named) {
  const wim = realpathSync(file);
  const { imageCount, bootIndex } = readInfo(wim);
  const index = named === undefined ? bootIndex : Number(named);
  if (!(Number.isInteger(index) && index >= 1 && index <= imageCount)) {
    const why = named === undefined ? "no image is marked to be booted" : `there is no image ${named}`;
    throw new Refusal(`${wim}: ${why}: name one of its ${imageCount} (--index N)`);
  }
  const contents = readContents(wim, index);
  if (!isX64(readFile(wim, index, "/Windows/System32/wpeutil.exe"))) {
    throw new Refusal(`image ${index} of ${wim} is no WinPE for x64: it has no wpeutil.exe of that kind`);
  }
  return { wim, index, contents, manifest: readManifest(wim, index, contents) };
}

/**
 * Throws Refusal when WinPE would start something else, or when what somebody has written would no longer be run.
 * @param {Image} image
 * @param {string} start
 * @param {boolean} mayReplace
 */
export function assertStarts({ wim, index, manifest, contents }, start, mayReplace) {
  const path = STARTS[start]?.path;
  const rest = manifest === undefined ? contents : contentsWithout(manifest, contents);
  const stronger = start === "startnet" ? BEFORE_STARTNET.flatMap((one) => find(rest, one) ?? []) : [];
  if (stronger.length > 0) {
    throw new Refusal(
      `WinPE starts ${stronger.join(", ")} of this image and never looks at startnet.cmd: say --start winpeshl --replace, or --start none when a task sequence or a person starts pint`,
    );
  }
  if (path === undefined || find(rest, path) === undefined || mayReplace) return;
  const there = readFile(wim, index, placeOf(path, manifest))?.toString("latin1") ?? "";
  if (start === "startnet" && PLAIN_STARTNET.test(there)) return;
  throw new Refusal(
    `${path} is there and is not WinPE's own: with --replace it is kept in ${FOLDER} and no longer run`,
  );
}

/**
 * Where that is which the image would have without pint.
 * @param {string} path
 * @param {Image["manifest"]} manifest
 */
function placeOf(path, manifest) {
  const kept = Object.entries(manifest?.replaced ?? {}).find(([one]) => one.toLowerCase() === path.toLowerCase());
  return kept?.[1] ?? path;
}
