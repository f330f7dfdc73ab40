/** Other people's programs, found and run: the witnesses for the registry, and what makes NTFS volumes. */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Program names and the Debian packages that bring them. */
export const PACKAGES = {
  hivexsh: "libhivex-bin",
  hivexml: "libhivex-bin",
  hivexget: "libhivex-bin",
  hivexregedit: "libwin-hivex-perl",
  reglookup: "reglookup",
  regfinfo: "libregf-utils",
  regfexport: "libregf-utils",
  reged: "chntpw",
  regtree: "registry-tools",
  xmllint: "libxml2-utils",
  "wimlib-imagex": "wimtools",
  mkntfs: "ntfs-3g",
  ntfsfix: "ntfs-3g",
  "ntfs-3g": "ntfs-3g",
  openssl: "openssl",
  osslsigncode: "osslsigncode",
  exiftool: "libimage-exiftool-perl",
  ntfssecaudit: "ntfs-3g",
  getfattr: "attr",
  setfattr: "attr",
  grep: "grep",
} as const;

export type Tool = keyof typeof PACKAGES;

export interface ToolRun {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** The program's path, or undefined; /usr/sbin is searched too, where Debian puts reged. */
export function findTool(tool: Tool): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"];
  return folders.map((folder) => join(folder, tool)).find((path) => existsSync(path));
}

/**
 * Runs a witness to its end; throws when it cannot be started, was killed, or took longer than a minute. Its exit status is
 * the caller's to judge. Its output goes to files: hivexml opens /dev/stdout by name, which fails on Node's pipes.
 */
export function runTool(tool: Tool, args: readonly string[], options: { input?: string; cwd?: string } = {}): ToolRun {
  const path = findTool(tool);
  if (path === undefined) {
    throw new Error(`${tool} is not installed (Debian package ${PACKAGES[tool]})`);
  }
  const folder = mkdtempSync(join(tmpdir(), "pint-witness-"));
  const [outPath, errorPath] = [join(folder, "stdout"), join(folder, "stderr")];
  const [out, error] = [openSync(outPath, "w"), openSync(errorPath, "w")];
  try {
    const run = spawnSync(path, args, { ...options, stdio: ["pipe", out, error], timeout: 60_000 });
    if (run.error !== undefined) {
      throw run.error;
    }
    if (run.status === null) {
      throw new Error(`${tool} ended by signal ${run.signal}`);
    }
    return { status: run.status, stdout: readFileSync(outPath), stderr: readFileSync(errorPath) };
  } finally {
    closeSync(out);
    closeSync(error);
    rmSync(folder, { recursive: true, force: true });
  }
}
