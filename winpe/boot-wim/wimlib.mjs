/** wimlib-imagex: what a WIM holds, and changes of one image of it. */
import { spawnSync } from "node:child_process";
import { Refusal } from "./refusal.mjs";

/** Verifying or rebuilding a WIM of gigabytes on a slow disk takes minutes. */
const TIMEOUT_MS = 60 * 60_000;
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

/** The status with which wimlib-imagex ends when a path is not in the image (wimlib's WIMLIB_ERR_PATH_DOES_NOT_EXIST). */
const NO_SUCH_PATH = 49;

/**
 * @param {readonly string[]} args
 * @param {string} [input]
 */
function wimlib(args, input) {
  const run = spawnSync("wimlib-imagex", args, {
    // Windows does not tell upper from lower case in paths; wimlib does on Linux unless it is told.
    env: { ...process.env, WIMLIB_IMAGEX_IGNORE_CASE: "1" },
    input: input ?? "",
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
  });
  if (run.error !== undefined) {
    const isMissing = "code" in run.error && run.error.code === "ENOENT";
    throw new Refusal(
      isMissing
        ? "wimlib-imagex is not there (Debian: wimtools; Windows: wimlib, its folder in PATH)"
        : `wimlib-imagex ${args[0]}: ${run.error.message}`,
    );
  }
  return run;
}

/**
 * @param {readonly string[]} args
 * @param {string} [input]
 */
function must(args, input) {
  const { status, stdout, stderr } = wimlib(args, input);
  if (status !== 0) {
    throw new Refusal(`wimlib-imagex ${args.join(" ")} ended with ${status}:\n${stderr.toString("utf8").trim()}`);
  }
  return stdout;
}

/**
 * How many images there are, and which of them is booted (0: none). Throws Refusal for what is no WIM in one part.
 * @param {string} wim
 */
export function readInfo(wim) {
  const text = must(["info", wim]).toString("utf8");
  const number = (/** @type {string} */ name) =>
    Number(new RegExp(`^${name}: +(\\d+)`, "m").exec(text)?.[1] ?? Number.NaN);
  const [imageCount, bootIndex] = [number("Image Count"), number("Boot Index")];
  if (!(imageCount >= 1) || !(bootIndex >= 0) || !/^Part Number: +1\/1$/m.test(text)) {
    throw new Refusal(`${wim} is no WIM file in one part that wimlib-imagex can describe`);
  }
  return { imageCount, bootIndex };
}

/**
 * The paths of an image with the SHA-1 of their content ("" for a folder or an empty file). wimlib keeps it with the content.
 * @param {string} wim
 * @param {number} index
 */
export function readContents(wim, index) {
  /** @type {Map<string, string>} */
  const contents = new Map();
  let path = "";
  for (const line of must(["dir", wim, String(index), "--detailed"])
    .toString("utf8")
    .split("\n")) {
    const found = /^Full Path +?= "(.*)"\r?$/.exec(line)?.[1];
    if (found !== undefined) {
      path = found;
      contents.set(path, "");
    }
    const hash = /^\s*Hash += 0x([0-9a-f]{40})/.exec(line)?.[1];
    // The first one is that of the unnamed stream: a named stream or a reparse point comes after it.
    if (hash !== undefined && contents.get(path) === "" && !/^0+$/.test(hash)) contents.set(path, hash);
  }
  return contents;
}

/**
 * A file's bytes; undefined when it is not there.
 * @param {string} wim
 * @param {number} index
 * @param {string} path
 */
export function readFile(wim, index, path) {
  const args = ["extract", wim, String(index), path, "--to-stdout"];
  const { status, stdout, stderr } = wimlib(args);
  if (status === 0) return stdout;
  if (status === NO_SUCH_PATH) return undefined;
  throw new Refusal(`wimlib-imagex ${args.join(" ")} ended with ${status}:\n${stderr.toString("utf8").trim()}`);
}

/**
 * Does the changes one after the other, gives the room of what was deleted back, and reads everything once more.
 * @param {string} wim
 * @param {number} index
 * @param {readonly string[]} changes commands of wimlib-imagex update
 */
export function update(wim, index, changes) {
  must(["update", wim, String(index), "--rebuild", "--check"], `${changes.join("\n")}\n`);
  must(["verify", wim]);
}

/**
 * An argument of an update command.
 * @param {string} text
 */
export function quoted(text) {
  if (!text.includes('"')) return `"${text}"`;
  if (!text.includes("'")) return `'${text}'`;
  throw new Refusal(`${text}: a path with both kinds of quotation marks cannot be handed to wimlib-imagex`);
}
