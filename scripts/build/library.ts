/** The library (src/index.ts and what it needs) as JavaScript modules with type declarations. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";

/** A full compile takes seconds; beyond this something hangs. */
const COMPILE_TIMEOUT_MS = 5 * 60_000;

/** Writes into `folder`; throws with the compiler's messages. */
export function compileLibrary(folder: string): void {
  const compiler = join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");
  const run = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", folder], {
    cwd: REPOSITORY,
    encoding: "utf8",
    timeout: COMPILE_TIMEOUT_MS,
  });
  if (run.status !== 0) {
    throw new Error(run.error?.message ?? `${run.stdout}${run.stderr}`);
  }
}
