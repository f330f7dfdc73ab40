/** The outside witnesses: other people's registry programs, which must read what we wrote as we do. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describeUnlessMissing } from "./missing.ts";

/** Program names and the Debian packages that bring them. */
const PACKAGES = {
  hivexsh: "libhivex-bin",
  hivexml: "libhivex-bin",
  hivexget: "libhivex-bin",
  hivexregedit: "libwin-hivex-perl",
  reglookup: "reglookup",
  regfinfo: "libregf-utils",
  regfexport: "libregf-utils",
  reged: "chntpw",
  regtree: "registry-tools",
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

/** Runs a witness to its end; throws when it cannot be started, was killed, or took longer than a minute. Its exit status is the caller's to judge. */
export function runTool(tool: Tool, args: readonly string[], options: { input?: string; cwd?: string } = {}): ToolRun {
  const path = findTool(tool);
  if (path === undefined) {
    throw new Error(`${tool} is not installed (Debian package ${PACKAGES[tool]})`);
  }
  const run = spawnSync(path, args, { ...options, timeout: 60_000, maxBuffer: 1 << 30 });
  if (run.error !== undefined) {
    throw run.error;
  }
  if (run.status === null) {
    throw new Error(`${tool} ended by signal ${run.signal}`);
  }
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** A `describe` that needs these programs: skipped, and said, when one is missing; failed when CI=true. */
export function describeWithTools(title: string, tools: readonly Tool[], tests: () => void): void {
  const absent = tools.filter((tool) => findTool(tool) === undefined);
  const packages = [...new Set(absent.map((tool) => PACKAGES[tool]))];
  const missing = absent.length === 0 ? undefined : `no ${absent.join(", ")} (Debian: ${packages.join(" ")})`;
  describeUnlessMissing(title, missing, tests);
}
