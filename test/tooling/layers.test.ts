/** The linter really refuses imports against the direction of the layers, and lets the others through. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** What each layer may import; src/README.md draws it. Layers that are not in a list are forbidden there. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  exit: ["bytes"],
  storage: ["bytes"],
  regf: ["bytes", "storage"],
  regtext: ["bytes", "exit"],
  notation: ["bytes"],
  document: ["bytes", "exit", "notation"],
  windows: ["bytes", "exit", "notation", "regf"],
  inventory: ["bytes", "exit", "notation", "document", "regf", "windows"],
  profile: ["bytes", "exit", "notation", "document", "regf", "windows"],
  match: ["bytes", "exit", "notation", "regf", "windows", "inventory"],
  plan: ["bytes", "exit", "notation", "document", "regf", "windows", "inventory", "profile", "match"],
  image: ["bytes", "exit", "storage", "regf"],
};
const ALL = Object.keys(MAY_IMPORT);
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  ...MAY_IMPORT,
  apply: ALL,
  report: [...ALL, "apply"],
  cli: [...ALL, "apply", "report"],
};
const TOUCHES_THE_SYSTEM = ["image", "inventory", "apply", "cli"];

/** The file of a layer that others import. */
const doorOf = (layer: string) => (layer === "regf" ? "index.ts" : layer === "storage" ? "storage.ts" : "some.ts");

interface Probe {
  readonly file: string;
  readonly imports: readonly { readonly from: string; readonly allowed: boolean }[];
}

function probes(): readonly Probe[] {
  const perLayer = Object.entries(LAYERS).map(([layer, may]) => ({
    file: `src/${layer}/probe.ts`,
    imports: [
      ...Object.keys(LAYERS)
        .filter((other) => other !== layer)
        .map((other) => ({ from: `../${other}/${doorOf(other)}`, allowed: may.includes(other) })),
      { from: "node:fs", allowed: TOUCHES_THE_SYSTEM.includes(layer) },
      { from: "fs-extra", allowed: TOUCHES_THE_SYSTEM.includes(layer) },
      { from: "node:process", allowed: layer === "cli" },
      { from: "yargs/helpers", allowed: layer === "cli" },
      { from: "./beside.ts", allowed: true },
    ],
  }));
  return [
    ...perLayer,
    { file: "src/storage/file.ts", imports: [{ from: "node:fs", allowed: true }] },
    { file: "src/windows/deep/down/probe.ts", imports: [{ from: "../../../plan/some.ts", allowed: false }] },
    { file: "src/apply/inside.ts", imports: [{ from: "../regf/read/key.ts", allowed: false }] },
    { file: "src/regf/log/probe.ts", imports: [{ from: "../../storage/file.ts", allowed: false }] },
    { file: "src/regf/log/other.ts", imports: [{ from: "../format/some.ts", allowed: true }] },
    {
      file: "src/index.ts",
      imports: [
        { from: "./cli/main.ts", allowed: false },
        { from: "./apply/some.ts", allowed: true },
      ],
    },
  ];
}

const PROBES = probes();

/** "file:line" of every refused import. */
const refused = new Set<string>();
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pint-layers-"));
  for (const name of ["biome.json", "package.json"]) {
    cpSync(join(repository, name), join(folder, name));
  }
  for (const { file, imports } of PROBES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), imports.map(({ from }) => `import type {} from "${from}";\n`).join(""));
  }
  const biome = join(repository, "node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "lint", "--only=style/noRestrictedImports", "--reporter=github", "--max-diagnostics=none"];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  for (const [, file = "", line = ""] of run.stdout.matchAll(/file=([^,]+),line=(\d+)/g)) {
    refused.add(`${file.replaceAll("\\", "/").replace(/^.*?src\//, "src/")}:${line}`);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("imports", () => {
  test("the linter gives the verdict that the table gives, for every pair of layers", () => {
    const expected = PROBES.flatMap(({ file, imports }) =>
      imports.flatMap(({ allowed }, index) => (allowed ? [] : [`${file}:${index + 1}`])),
    );
    expect(expected.length).toBeGreaterThan(100);
    expect([...refused].sort()).toEqual(expected.sort());
  });
});
