/** The process that packs: pkg wants Node 22, so the base Node itself runs this. Argument: a PackingJob as JSON. */
import pkg from "@yao-pkg/pkg/lib-es5/sea.js";

export interface PackingJob {
  /** The program; its folder is the TMPDIR of this process. */
  readonly program: string;
  readonly nodeVersion: string;
  /** Where the executables go. */
  readonly outputs: Readonly<Record<"win" | "linux", string>>;
}

/**
 * `pkg --sea` has no option for the first two, its function has. The path of the program gets into the executable: pkg makes a folder
 * in TMPDIR and works there, so that from it this is the path, whatever folder this build is in. And Node reads no NODE_OPTIONS:
 * whatever they were meant for, it was not this program.
 */
const SEA_CONFIG = {
  main: "../pint.cjs",
  execArgvExtension: "none",
  disableExperimentalSEAWarning: true,
  useSnapshot: false,
  useCodeCache: false,
};

const { program, nodeVersion, outputs }: PackingJob = JSON.parse(process.argv[2] ?? "");
const target = (platform: "win" | "linux") =>
  ({ nodeRange: `node${nodeVersion}`, platform, arch: "x64", output: outputs[platform] }) as const;
await pkg.default(program, { targets: [target("win"), target("linux")], seaConfig: SEA_CONFIG });
