#!/usr/bin/env node
/** Puts pint into a boot.wim, takes it out again, or looks whether it is there: with wimlib, on Linux and Windows. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { composeAddition } from "./boot-wim/addition.mjs";
import { changeWim } from "./boot-wim/change.mjs";
import { assertStarts, openImage } from "./boot-wim/image.mjs";
import { FOLDER, fillStage, STARTS } from "./boot-wim/kit.mjs";
import { changedFiles, contentsWithout, removal } from "./boot-wim/manifest.mjs";
import { Refusal } from "./boot-wim/refusal.mjs";

/** @typedef {import("./boot-wim/image.mjs").Image} Image */

const USAGE = `add-to-boot-wim.mjs add BOOT.WIM     puts pint into it, or brings what is in it up to date
add-to-boot-wim.mjs remove BOOT.WIM  takes it out: the files of the WIM are as before
add-to-boot-wim.mjs check BOOT.WIM   whether it is there, as it was put there

  --index N          the image (else the one that is booted)
  --files FOLDER     has what npm run package makes (else dist beside this folder)
  --start WHAT       what starts pint: startnet (this is understood), winpeshl, unattend, or none
  --profiles PATH    a profile, or a folder of them; may be repeated
  --drivers FOLDER   drivers (*.inf) that WinPE loads before pint runs; may be repeated
  --options=TEXT     is added to the command line of pint
  --replace          a start file that somebody has written is replaced (it is kept in the WIM)
  --force            what was changed in the WIM since is replaced or removed as well, and what is not named again goes
`;

/**
 * @param {Image} image
 * @param {ReturnType<typeof readCommandLine>["values"]} values
 */
function add(image, values) {
  const start = values.start ?? "startnet";
  assertStarts(image, start, values.replace === true);
  const stage = realpathSync(mkdtempSync(join(tmpdir(), "pint-boot-media-")));
  try {
    const remarks = fillStage(stage, {
      files: values.files ?? fileURLToPath(new URL("../dist", import.meta.url)),
      profiles: values.profiles ?? [],
      drivers: values.drivers ?? [],
      options: values.options,
    });
    const { changes, expected, dropped } = composeAddition(image, stage, start);
    if (dropped.length > 0 && values.force !== true) {
      throw new Refusal(
        `these are in it and would not be any more: ${dropped.join(", ")} (name them again, or --force lets them go)`,
      );
    }
    if (dropped.length > 0) remarks.push(`no longer in it: ${dropped.join(", ")}`);
    const told = remarks.map((remark) => `note: ${remark}\n`).join("");
    const { wim, index, contents } = image;
    if ([...expected].every(([path, hash]) => contents.get(path) === hash) && expected.size === contents.size) {
      return `${told}${wim}, image ${index}: already so\n`;
    }
    const grownBytes = changeWim(wim, index, changes, expected);
    return `${told}${wim}, image ${index}: pint is in ${FOLDER}, started by ${STARTS[start]?.path ?? "nothing"}; the WIM is ${megabytes(grownBytes)} larger\n`;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** @param {Image} image */
function remove({ wim, index, contents, manifest }) {
  if (manifest === undefined) return `${wim}, image ${index}: pint is not in it\n`;
  const grownBytes = changeWim(wim, index, removal(manifest), contentsWithout(manifest, contents));
  return `${wim}, image ${index}: pint is out of it; the WIM is ${megabytes(-grownBytes)} smaller\n`;
}

/** @param {Image} image */
function check({ wim, index, manifest }) {
  if (manifest === undefined) throw new Refusal(`${wim}, image ${index}: pint is not in it`);
  return `${wim}, image ${index}: pint is in ${FOLDER}, as it was put there (${Object.keys(manifest.files).length} files)\n`;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {readonly string[]} args */
function readCommandLine(args) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      index: { type: "string" },
      files: { type: "string" },
      start: { type: "string" },
      profiles: { type: "string", multiple: true },
      drivers: { type: "string", multiple: true },
      options: { type: "string" },
      replace: { type: "boolean" },
      force: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
}

const OF_ADD = ["files", "start", "profiles", "drivers", "options", "replace"];

/**
 * Returns the exit code: 0 done or already so, 1 not done, 2 the command line is wrong.
 * @param {readonly string[]} args
 */
function main(args) {
  let line;
  try {
    line = readCommandLine(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const { values, positionals } = line;
  const [action, file, ...more] = positionals;
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const misplaced = action === "add" ? [] : OF_ADD.filter((name) => name in values);
  if (
    !["add", "remove", "check"].includes(action ?? "") ||
    file === undefined ||
    more.length > 0 ||
    misplaced.length > 0 ||
    !((values.start ?? "none") in STARTS)
  ) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    const image = openImage(file, values.index);
    const changed = image.manifest === undefined ? [] : changedFiles(image.manifest, image.contents);
    if (changed.length > 0 && values.force !== true) {
      throw new Refusal(
        `since pint was put into it, these were changed: ${changed.join(", ")} (--force goes on all the same)`,
      );
    }
    process.stdout.write(action === "add" ? add(image, values) : action === "remove" ? remove(image) : check(image));
    return 0;
  } catch (error) {
    const isExpected = error instanceof Refusal || (error instanceof Error && "syscall" in error);
    process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
