/** The linter really refuses imports against the direction of the layers, and lets the others through. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { lintFindings } from "../support/lint-probe.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

interface Room {
  readonly mayImport: readonly string[];
  readonly touchesTheSystem: boolean;
}

/** The table of src/README.md: every room, from the ground up. */
function readRooms(): ReadonlyMap<string, Room> {
  const rooms = new Map<string, Room>();
  const table = readFileSync(join(repository, "src", "README.md"), "utf8");
  for (const [, name = "", imports = "", system = ""] of table.matchAll(
    /^\| `(\w+)\/` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm,
  )) {
    const list = imports.trim();
    const named =
      list === "nothing"
        ? []
        : list === "all above but regtext"
          ? [...rooms.keys()].filter((room) => room !== "regtext")
          : list.split(", ");
    rooms.set(name, { mayImport: named, touchesTheSystem: system.trim() === "yes" });
  }
  return rooms;
}

const ROOMS = readRooms();

/** The rooms that may import a package; no other may. */
const USERS_OF: Readonly<Record<string, readonly string[]>> = {
  "node:process": ["cli"],
  "node:console": ["cli"],
  yargs: ["cli"],
  "yargs/helpers": ["cli"],
  zod: ["document", "profile", "inventory", "plan", "firstboot", "apply"],
  "zod/v4/core": ["document", "profile", "inventory", "plan", "firstboot", "apply"],
  "jsonc-parser": ["document"],
  saxes: ["unattend"],
};

/** The file of a layer that others import. */
const doorOf = (layer: string) => (layer === "regf" ? "index.ts" : layer === "storage" ? "storage.ts" : "some.ts");

interface Probe {
  readonly file: string;
  readonly imports: readonly { readonly from: string; readonly allowed: boolean }[];
}

function probes(): readonly Probe[] {
  const perLayer = Array.from(ROOMS, ([layer, { mayImport, touchesTheSystem }]) => ({
    file: `src/${layer}/probe.ts`,
    imports: [
      ...[...ROOMS.keys()]
        .filter((other) => other !== layer)
        .map((other) => ({ from: `../${other}/${doorOf(other)}`, allowed: mayImport.includes(other) })),
      { from: "node:fs", allowed: touchesTheSystem },
      { from: "fs-extra", allowed: touchesTheSystem },
      ...Object.entries(USERS_OF).map(([from, users]) => ({ from, allowed: users.includes(layer) })),
      { from: "../index.ts", allowed: false },
      { from: "../../src/index.ts", allowed: false },
      { from: "./beside.ts", allowed: true },
      { from: "./index.ts", allowed: true },
    ],
  }));
  return [
    ...perLayer,
    { file: "src/storage/file.ts", imports: [{ from: "node:fs", allowed: true }] },
    {
      file: "src/windows/deep/probe.ts",
      imports: [
        { from: "../../index.ts", allowed: false },
        { from: "../index.ts", allowed: true },
      ],
    },
    { file: "src/windows/deep/down/probe.ts", imports: [{ from: "../../../plan/some.ts", allowed: false }] },
    { file: "src/apply/inside.ts", imports: [{ from: "../regf/read/key.ts", allowed: false }] },
    { file: "src/regf/log/probe.ts", imports: [{ from: "../../storage/file.ts", allowed: false }] },
    { file: "src/regf/log/other.ts", imports: [{ from: "../format/some.ts", allowed: true }] },
    {
      file: "src/index.ts",
      imports: [
        { from: "./cli/main.ts", allowed: false },
        { from: "./regtext/some.ts", allowed: false },
        { from: "./apply/some.ts", allowed: true },
      ],
    },
    { file: "test/plan/probe.ts", imports: [{ from: "../../src/cli/main.ts", allowed: true }] },
    { file: "scripts/probe.ts", imports: [{ from: "node:fs", allowed: true }] },
  ];
}

const PROBES = probes();

/** "file:line" of every refused import. */
const refused = new Set<string>();
beforeAll(() => {
  const files = PROBES.map(({ file, imports }) => [
    file,
    imports.map(({ from }) => `import type {} from "${from}";\n`).join(""),
  ]);
  for (const { rule, file, line } of lintFindings(Object.fromEntries(files))) {
    if (rule === "plugin") {
      refused.add(`${file}:${line}`);
    }
  }
});

describe("the table of rooms in src/README.md", () => {
  test("names every folder of src", () => {
    const folders = readdirSync(join(repository, "src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect([...ROOMS.keys()].sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  test("is what the linter enforces, for every pair of rooms", () => {
    const expected = PROBES.flatMap(({ file, imports }) =>
      imports.flatMap(({ allowed }, index) => (allowed ? [] : [`${file}:${index + 1}`])),
    );
    expect(expected.length).toBeGreaterThan(100);
    expect([...refused].sort()).toEqual(expected.sort());
  });
});
