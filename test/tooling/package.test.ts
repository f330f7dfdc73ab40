/** What `npm run package` makes: an executable for Linux that runs alone, and the papers beside both executables. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256Of } from "../../scripts/package/hash.ts";
import { VERSION } from "../../src/version.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { type PackagedProgram, packagedProgram, PACKAGING_TIMEOUT_MS } from "../support/packaged.ts";
import { phonyImage } from "../support/phony-images.ts";

const TIMEOUT_MS = 120_000;

const packageJson = JSON.parse(readFileSync("package.json", "utf8"));

let packaged: PackagedProgram;

beforeAll(async () => {
  packaged = await packagedProgram();
}, PACKAGING_TIMEOUT_MS);

function pint(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(packaged.linux, args, {
    cwd: newFolder(),
    env: variables, // and nothing else
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  return { status, stdout, stderr };
}

const SAYS_VERSION = { status: 0, stdout: `${VERSION}\n`, stderr: "" };

describe("the executable for Linux", { timeout: 2 * TIMEOUT_MS }, () => {
  test("runs alone, and Node says nothing of its own", () => {
    expect(pint(["--version"])).toEqual(SAYS_VERSION);
    const { root } = phonyImage("moved-windows-10");
    expect(pint(["inspect", root])).toMatchObject({ status: 0, stderr: "" });
    expect(pint(["apply", root])).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("[moved]") });
    expect(pint(["undo", root])).toMatchObject({ status: 0, stderr: "" });
  });

  test("reads no NODE_OPTIONS: neither a wrong one nor one that loads something", () => {
    const folder = newFolder();
    const script = writeFileIn(folder, "loaded.cjs", 'process.stdout.write("loaded\\n");');
    for (const options of ["--bogus", `--require ${script}`, `--import file://${script}`, "--inspect-brk=0"]) {
      expect(pint(["--version"], { NODE_OPTIONS: options })).toEqual(SAYS_VERSION);
      expect(pint(["inspect", folder], { NODE_OPTIONS: options })).toEqual(pint(["inspect", folder]));
    }
  });

  test("every argument is pint's: Node takes none", () => {
    for (const argument of ["--inspect", "--node-options=--bogus", "--expose-gc", "--eval=1", "-p"]) {
      const { status, stderr } = pint([argument]);
      expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("pint: ") });
    }
    expect(pint(["--version", "--bogus"]).status).toBe(pint(["--bogus", "--version"]).status);
  });

  test("a version that cannot be written is told as by the program that it carries", () => {
    const { status, stderr } = spawnSync("/bin/sh", ["-c", '"$0" --version > /dev/full', packaged.linux], {
      encoding: "utf8",
      timeout: TIMEOUT_MS,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^pint: the output could not be written: ENOSPC/);
  });
});

test("another checkout makes the very same", { timeout: PACKAGING_TIMEOUT_MS }, () => {
  const checkout = newFolder();
  for (const name of [
    "src",
    "scripts",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "LICENSE",
    "node_modules",
  ]) {
    // What was fetched comes along, what was built does not.
    const filter = (path: string) => !/pint-package\/(?:built|made|pack|lock|fetch)/.test(path);
    cpSync(name, join(checkout, name), { recursive: true, verbatimSymlinks: true, filter });
  }
  execFileSync(process.execPath, [join("node_modules", "tsx", "dist", "cli.mjs"), join("scripts", "package.ts")], {
    cwd: checkout,
    stdio: "ignore",
    timeout: PACKAGING_TIMEOUT_MS,
  });
  const sums = (folder: string) => readFileSync(join(folder, "SHA256SUMS"), "utf8");
  const made = sums(join(checkout, "dist"));
  rmSync(checkout, { recursive: true, force: true }); // here, because it takes longer than a hook may
  expect(made).toBe(sums(packaged.folder));
});

test("the sums are those of the files", () => {
  const run = spawnSync("sha256sum", ["-c", "SHA256SUMS"], {
    cwd: packaged.folder,
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  expect(run).toMatchObject({ status: 0, stderr: "" });
  const names = ["pint.exe", "pint", "nssm.exe", "pint.cdx.json", "EXECUTABLE-LICENSES.txt"];
  expect(run.stdout).toBe(names.map((name) => `${name}: OK\n`).join(""));
});

test("the licences are there of all that is in it", () => {
  const licenses = readFileSync(join(packaged.folder, "EXECUTABLE-LICENSES.txt"), "utf8");
  for (const title of ["pint-offline", ...Object.keys(packageJson.dependencies), "Node.js", "NSSM"]) {
    expect(licenses).toMatch(new RegExp(`^${title}( |$)`, "m"));
  }
});

describe("the bill of materials", () => {
  const text = () => readFileSync(join(packaged.folder, "pint.cdx.json"), "utf8");

  test("is valid CycloneDX", async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(text())).toBeNull();
    expect(await validator.validate(text().replace('"library"', '"book"'))).not.toBeNull();
  });

  test("names all that is in it, with licence and hash", () => {
    const { components, metadata } = JSON.parse(text());
    expect(metadata.component).toMatchObject({ name: packageJson.name, version: packageJson.version });
    const names = components.map(({ name }: { readonly name: string }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(packageJson.dependencies), "node", "nssm"]));
    for (const { name, licenses, hashes } of components) {
      expect({ name, licenses, hashes }).toEqual({ name, licenses: [expect.anything()], hashes: [expect.anything()] });
    }
    const nssm = components.find(({ name }: { readonly name: string }) => name === "nssm");
    expect(nssm.hashes).toEqual([{ alg: "SHA-256", content: sha256Of(packaged.nssm) }]);
  });

  test("has nothing of the moment in it", () => {
    expect(text()).not.toMatch(/serialNumber|timestamp|BomRef\./);
  });
});
