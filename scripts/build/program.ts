/** The whole command line as one CommonJS file: what `node dist/pint.cjs` runs and what the executable carries; and what the executable starts with. */
import { build, type BuildOptions, type Metafile } from "esbuild";
import { REPOSITORY } from "../repository.ts";

export interface Program {
  readonly code: string;
  /** The legal comments (`/*! ... *\/`) of what was bundled. */
  readonly legalComments: string;
  /** Folders below node_modules whose code is in the program: "node_modules/zod". */
  readonly packages: readonly string[];
}

/** What both bundles have in common. */
const OPTIONS = {
  absWorkingDir: REPOSITORY,
  outfile: "dist/pint.cjs",
  bundle: true,
  write: false,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  charset: "utf8",
  logLevel: "silent",
} as const satisfies BuildOptions;

/** Bundles src/cli/main.ts; throws with esbuild's messages when it does not compile. */
export async function bundleProgram(): Promise<Program> {
  const result = await build({
    ...OPTIONS,
    entryPoints: ["src/cli/main.ts"],
    alias: { assert: "./scripts/build/small-assert.ts" },
    define: {
      // ES modules (yargs) ask for import.meta.url, which CommonJS does not have.
      "import.meta.url": "__import_meta_url",
      // yargs asks how wide the terminal is, and is told 79 columns anyway. See small-assert.ts for what asking does.
      "process.stdout.columns": "undefined",
    },
    banner: {
      js: ["#!/usr/bin/env node", 'const __import_meta_url = require("node:url").pathToFileURL(__filename).href;'].join(
        "\n",
      ),
    },
    legalComments: "external",
    metafile: true,
  });
  const text = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { code: text("pint.cjs"), legalComments: text(".LEGAL.txt"), packages: bundledPackages(result.metafile) };
}

/** Bundles src/cli/executable.ts, which carries the program in an executable: its own code only, none of a package. */
export async function bundleStart(): Promise<string> {
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: ["src/cli/executable.ts"] });
  return outputFiles.map(({ text }) => text).join("");
}

function bundledPackages(metafile: Metafile): readonly string[] {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = used.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}
