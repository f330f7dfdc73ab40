/** The whole command line as one CommonJS file: what `node dist/pint.cjs` runs and what the executable is packed from. */
import { build, type Metafile } from "esbuild";
import { REPOSITORY } from "../repository.ts";

export interface Program {
  readonly code: string;
  /** The legal comments (`/*! ... *\/`) of what was bundled. */
  readonly legalComments: string;
  /** Folders below node_modules whose code is in the program: "node_modules/zod". */
  readonly packages: readonly string[];
}

/** Bundles src/cli/main.ts; throws with esbuild's messages when it does not compile. */
export async function bundleProgram(): Promise<Program> {
  const result = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/pint.cjs",
    bundle: true,
    write: false,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    charset: "utf8",
    define: {
      // ES modules (yargs) ask for import.meta.url, which CommonJS does not have.
      "import.meta.url": "__import_meta_url",
      // Once loaded, yargs asks Node's streams how wide the terminal is; Node opens them for that, and throws where one is a kind
      // of file that it does not know (a Unix pipe under Wine). The program writes by descriptor and has a width of its own.
      "process.stdout": "__no_stream",
      "process.stderr": "__no_stream",
    },
    banner: {
      js: [
        "#!/usr/bin/env node",
        'const __import_meta_url = require("node:url").pathToFileURL(__filename).href;',
        "const __no_stream = {};",
      ].join("\n"),
    },
    legalComments: "external",
    metafile: true,
    logLevel: "silent",
  });
  const text = (ending: string) => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return { code: text("pint.cjs"), legalComments: text(".LEGAL.txt"), packages: bundledPackages(result.metafile) };
}

function bundledPackages(metafile: Metafile): readonly string[] {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = used.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}
