/** Runs this project's development tools (lint, compiler, tests) from node_modules, on any system. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./repository.ts";

/** The slowest tool is the test run; beyond this it hangs. */
const TOOL_TIMEOUT_MS = 40 * 60_000;

/** Runs a package's own command with its output shown; returns its exit status, 1 when it was killed or could not start. */
export function runTool(packageName: string, args: readonly string[]): number {
  const run = spawnSync(process.execPath, [commandOf(packageName), ...args], {
    cwd: REPOSITORY,
    stdio: "inherit",
    timeout: TOOL_TIMEOUT_MS,
  });
  if (run.error !== undefined) {
    process.stderr.write(`${packageName}: ${run.error.message}\n`);
  }
  return run.status ?? 1;
}

/** The JavaScript file behind the command that has the package's name. */
function commandOf(packageName: string): string {
  const folder = join(REPOSITORY, "node_modules", ...packageName.split("/"));
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const name = packageName.split("/").at(-1) ?? "";
  return join(folder, typeof bin === "string" ? bin : (bin[name] ?? Object.values(bin)[0]));
}
