/** The engine's runner as one file of plain JavaScript, so that starting it costs what starting a program costs. */
import { join } from "node:path";
import { build } from "esbuild";
import { REPOSITORY } from "../repository.ts";

/** Returns its path. Throws with esbuild's messages. */
export async function buildEngine(folder: string): Promise<string> {
  const outfile = join(folder, "engine.cjs");
  await build({
    absWorkingDir: REPOSITORY,
    entryPoints: ["scripts/bench/engine.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    logLevel: "silent",
  });
  return outfile;
}
