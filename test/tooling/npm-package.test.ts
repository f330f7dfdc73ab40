/** The npm package: installed into an empty folder from its tarball, its program and its library are what the documents say. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildAll } from "../../scripts/build.ts";
import { REPOSITORY } from "../../scripts/repository.ts";
import { VERSION } from "../../src/version.ts";
import { phonyImage } from "../support/phony-images.ts";

const SETUP_TIMEOUT_MS = 600_000;
const TIMEOUT_MS = 180_000;

const require = createRequire(import.meta.url);
const packageJson = JSON.parse(readFileSync("package.json", "utf8"));
let folder = "";
let tarball = "";
/** An empty project with nothing but the package. */
let project = "";

function run(command: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    timeout: SETUP_TIMEOUT_MS,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

function must(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = run(command, args, cwd);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** As `npm pack` packs it after `npm run build`, without touching the repository's dist. */
async function pack(): Promise<string> {
  const source = join(folder, "source");
  await buildAll(join(source, "dist"));
  for (const name of ["package.json", "README.md", "LICENSE", "winpe", "src"]) {
    cpSync(join(REPOSITORY, name), join(source, name), { recursive: true });
  }
  const [{ filename }] = JSON.parse(
    must("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], source),
  );
  return join(folder, filename);
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "pint-npm-")));
  tarball = await pack();
  project = join(folder, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  must("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], project);
}, SETUP_TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesBelow(root: string, below = root): string[] {
  return readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? filesBelow(root, path) : [relative(root, path)];
  });
}

describe("what is in it", () => {
  const installed = () => join(project, "node_modules", "pint-offline");

  test("the program, the library, the schemas, the boot media and the documents; no source, no executable", () => {
    const files = filesBelow(installed());
    const outside = files.filter((file) => !/^(dist\/lib|dist\/schemas|winpe)\//.test(file));
    expect(outside.sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist/LICENSES.txt",
      "dist/pint.cjs",
      "package.json",
      "src/API.md",
    ]);
    expect(files.filter((file) => file.startsWith("winpe/")).sort()).toEqual(
      filesBelow(REPOSITORY, join(REPOSITORY, "winpe")).sort(),
    );
    expect(files.filter((file) => file.startsWith("dist/lib/")).every((file) => /\.(js|d\.ts)$/.test(file))).toBe(true);
    expect(packageJson.scripts.prepack).toBe("npm run build");
  });

  test("boot media's batch files with their line ends, and the script that puts them into a WIM", () => {
    for (const name of ["pint-auto.cmd", "startnet.cmd"]) {
      expect(readFileSync(join(installed(), "winpe", name)).equals(readFileSync(join("winpe", name)))).toBe(true);
    }
    const { status, stdout } = run(
      process.execPath,
      [join(installed(), "winpe", "add-to-boot-wim.mjs"), "--help"],
      project,
    );
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("add BOOT.WIM") });
  });
});

describe("the program", () => {
  test(
    "npx pint-offline is it, and npx pint",
    () => {
      for (const name of ["pint-offline", "pint"]) {
        expect(run("npx", ["--no-install", name, "--version"], project)).toMatchObject({
          status: 0,
          stdout: `${VERSION}\n`,
        });
      }
    },
    TIMEOUT_MS,
  );

  test(
    "it plans on a phony image",
    () => {
      const { root } = phonyImage("moved-windows-10");
      const { status, stdout } = run("npx", ["--no-install", "pint-offline", "plan", root], project);
      expect(status).toBe(0);
      expect(stdout).toContain("1 source: 1 moved");
    },
    TIMEOUT_MS,
  );
});

describe("the library's types", () => {
  test(
    "are those of the code, for everyone who imports ES modules",
    () => {
      const attw = join(dirname(require.resolve("@arethetypeswrong/cli/package.json")), "dist", "index.js");
      const { status, stdout } = run(
        process.execPath,
        [attw, tarball, "--profile", "esm-only", "--no-emoji", "--format", "table"],
        project,
      );
      expect({ status, stdout }).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/node16 \(from ESM\) +\S+ +OK \(ESM\)[\s\S]*bundler +\S+ +OK /),
      });
    },
    TIMEOUT_MS,
  );

  test(
    "compile by themselves, for a bundler",
    () => {
      const text =
        'import * as pint from "pint-offline";\nimport type { ApplyOptions, Failure, Profile } from "pint-offline";\n';
      writeFileSync(
        join(project, "names.ts"),
        `${text}export const names: string[] = Object.keys(pint);\nexport type All = [ApplyOptions, Failure, Profile];\n`,
      );
      const options = { module: "esnext", moduleResolution: "bundler", types: [], noEmit: true };
      expect(compile(["names.ts"], options)).toBe("");
    },
    TIMEOUT_MS,
  );
});

/** What the compiler says; every declaration file of the package is checked too. */
function compile(files: readonly string[], options: Readonly<Record<string, unknown>>): string {
  const compilerOptions = {
    target: "es2022",
    strict: true,
    skipLibCheck: false,
    typeRoots: [join(REPOSITORY, "node_modules", "@types")],
    ...options,
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  return run(process.execPath, [join(REPOSITORY, "node_modules", "typescript", "bin", "tsc"), "-p", project], project)
    .stdout;
}

describe("the examples of src/API.md", () => {
  const document = readFileSync("src/API.md", "utf8");
  const examples = [...document.matchAll(/^## (.+)\n[\s\S]*?```ts\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/gm)].map(
    ([, title = "", code = "", output = ""]) => ({
      title,
      code,
      output,
      name: title.toLowerCase().replaceAll(/\W+/g, "-"),
    }),
  );

  test("are all there: each with what it prints", () => {
    expect(examples.length).toBeGreaterThanOrEqual(6);
    expect(document.match(/```ts\n/g)).toHaveLength(examples.length);
  });

  test(
    "compile, run, and print what is said",
    () => {
      const { root } = phonyImage("moved-windows-10");
      const inventory = join(REPOSITORY, "fixtures", "moved-windows-10", "inventory.json");
      for (const { name, code } of examples) {
        const here = code.replaceAll("/mnt/windows", root).replaceAll("/srv/new-machine.json", inventory);
        writeFileSync(join(project, `${name}.ts`), here);
      }
      const files = examples.map(({ name }) => `${name}.ts`);
      expect(compile(files, { module: "node16", moduleResolution: "node16", types: ["node"], outDir: "out" })).toBe("");
      for (const { name, title, output } of examples) {
        const { status, stdout, stderr } = run(process.execPath, [join("out", `${name}.js`)], project);
        expect({ title, status, stdout, stderr }).toEqual({ title, status: 0, stdout: output, stderr: "" });
      }
    },
    TIMEOUT_MS,
  );
});

test("README.md and winpe/README.md lead only to files that the package or the repository has", () => {
  for (const name of ["README.md", "winpe/README.md", "src/API.md"]) {
    const links = [...readFileSync(name, "utf8").matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !existsSync(join(dirname(name), link)))).toEqual([]);
  }
});
