/** The process that packs: pkg wants Node 22, so the base Node itself runs this. Argument: a PackingJob as JSON. */
import { join } from "node:path";
import pkg from "@yao-pkg/pkg/lib-es5/sea.js";

export interface PackingJob {
  /** The folder with start.cjs and pint.cjs, and the TMPDIR of this process. */
  readonly folder: string;
  readonly nodeVersion: string;
  /** Where the executables go. */
  readonly outputs: Readonly<Record<"win" | "linux", string>>;
}

/**
 * `pkg --sea` has no options for these, its function has. Paths get into the executable: pkg makes a folder in TMPDIR and works
 * there, so that these are the same whatever folder the build is in. And with "none" Node reads no NODE_OPTIONS: whatever they
 * were meant for, it was not this program. A code cache would be taken on the system that made it only.
 */
const SEA_CONFIG = {
  main: "../start.cjs",
  assets: { "pint.cjs": "../pint.cjs" },
  execArgvExtension: "none",
  disableExperimentalSEAWarning: true,
  useSnapshot: false,
  useCodeCache: false,
};

const { folder, nodeVersion, outputs }: PackingJob = JSON.parse(process.argv[2] ?? "");
const target = (platform: "win" | "linux") =>
  ({ nodeRange: `node${nodeVersion}`, platform, arch: "x64", output: outputs[platform] }) as const;
await pkg.default(join(folder, "start.cjs"), { targets: [target("win"), target("linux")], seaConfig: SEA_CONFIG });
