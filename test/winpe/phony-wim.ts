/** A phony WinPE as a real WIM, made by wimlib-imagex, and what is in it by wimlib-imagex' own word. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTool } from "../support/tools.ts";

const SCRIPT = fileURLToPath(new URL("../../winpe/add-to-boot-wim.mjs", import.meta.url));
const TIMEOUT_MS = 10 * 60_000;

/** The least that the header of a program of Windows is known by. */
export function programFor(machine: number): Uint8Array {
  const bytes = Buffer.alloc(0x100);
  bytes.write("MZ", 0, "latin1");
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write("PE\0\0", 0x80, "latin1");
  bytes.writeUInt16LE(machine, 0x84);
  return bytes;
}

export const X64 = 0x8664;
export const X86 = 0x14c;

/** As the ADK's WinPE has them, in the letters that WinPE has. */
export const PLAIN: Readonly<Record<string, string | Uint8Array>> = {
  "Windows/System32/wpeutil.exe": programFor(X64),
  "Windows/System32/startnet.cmd": "wpeinit\r\n",
  "Windows/System32/winpeshl.exe": "winpeshl",
  "Windows/System32/empty.txt": "",
  "Program Files/a b/c.txt": "c",
};

/** Captures `files` into `boot.wim` in the folder, with LZX, one image for each, the last one booted. Returns its path. */
export function makeWim(folder: string, ...images: readonly Readonly<Record<string, string | Uint8Array>>[]): string {
  const wim = join(folder, "boot.wim");
  images.forEach((files, index) => {
    const tree = join(folder, `tree-${index}`);
    mkdirSync(tree);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, name)), { recursive: true });
      writeFileSync(join(tree, name), content);
    }
    const how =
      index === 0
        ? ["capture", tree, wim, `Image ${index}`, "--compress=LZX"]
        : ["append", tree, wim, `Image ${index}`];
    wimlib(...how, "--boot", "--check");
  });
  return wim;
}

/** Throws when it does not end well. */
export function wimlib(...args: readonly string[]): Buffer {
  const { status, stdout, stderr } = runTool("wimlib-imagex", args);
  if (status !== 0) throw new Error(`wimlib-imagex ${args.join(" ")}: ${stderr.toString("utf8")}`);
  return stdout;
}

/** Everything that wimlib-imagex says of an image's files, but where in the WIM they lie. */
export function details(wim: string, index = 1): string {
  return wimlib("dir", wim, String(index), "--detailed")
    .toString("utf8")
    .replaceAll(/^(Offset in WIM|Compressed size|Reference Count) .*$/gm, "");
}

export function list(wim: string, index = 1): string[] {
  return wimlib("dir", wim, String(index)).toString("utf8").trim().split("\n");
}

export function fileIn(wim: string, path: string, index = 1): string {
  return wimlib("extract", wim, String(index), path, "--to-stdout").toString("latin1");
}

export interface ScriptRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `add-to-boot-wim.mjs`, as a person would start it. */
export function addToBootWim(...args: readonly string[]): ScriptRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  return { status, stdout, stderr };
}
