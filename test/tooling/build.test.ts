/** What `npm run build` leaves: a program that needs nothing but Node, the library with its types, schemas, licences. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildAll } from "../../scripts/build.ts";

const packageJson = JSON.parse(readFileSync("package.json", "utf8"));
const caches = join("node_modules", ".cache");
let dist = "";

beforeAll(async () => {
  // Below node_modules, so that the library finds what it imports.
  mkdirSync(caches, { recursive: true });
  dist = mkdtempSync(join(caches, "pint-build-"));
  await buildAll(dist);
}, 180_000);

afterAll(() => rmSync(dist, { recursive: true, force: true }));

describe("the program", () => {
  test("runs from anywhere, alone, and says its version", () => {
    const folder = mkdtempSync(join(tmpdir(), "pint-alone-"));
    const run = spawnSync(process.execPath, [join(process.cwd(), dist, "pint.cjs"), "--version"], {
      cwd: folder,
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect(run).toMatchObject({ status: 0, stdout: `${packageJson.version}\n`, stderr: "" });
  });

  test("is a script, and brings the licences of everything in it", () => {
    expect(readFileSync(join(dist, "pint.cjs"), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    const licenses = readFileSync(join(dist, "LICENSES.txt"), "utf8");
    for (const name of ["pint-offline", ...Object.keys(packageJson.dependencies)]) {
      expect(licenses).toMatch(new RegExp(`^${name}( |$)`, "m"));
    }
  });
});

describe("the library", () => {
  test("is what package.json says it is", async () => {
    const { types, default: main } = packageJson.exports["."];
    expect([types, main]).toEqual(["./dist/lib/index.d.ts", "./dist/lib/index.js"]);
    expect(existsSync(join(dist, "lib", "index.d.ts"))).toBe(true);
    const library = await import(pathToFileURL(join(process.cwd(), dist, "lib", "index.js")).href);
    expect(typeof library.applyImage).toBe("function");
  });
});

test("the schemas are those of the four documents", () => {
  for (const name of ["profile", "inventory", "plan", "receipt"]) {
    const schema = JSON.parse(readFileSync(join(dist, "schemas", `${name}.json`), "utf8"));
    expect(schema).toMatchObject({ $id: `urn:pint-offline:${name}:1`, type: "object" });
  }
});

test("the lock file names no registry", () => {
  expect(readFileSync("package-lock.json", "utf8")).not.toContain('"resolved"');
});
