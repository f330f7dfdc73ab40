/** What `npm run package` makes: executables that run alone, and the papers beside them. */
import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { VERSION } from "../../src/version.ts";
import { type PackagedProgram, packagedProgram, PACKAGING_TIMEOUT_MS } from "../support/packaged.ts";

let packaged: PackagedProgram;

beforeAll(async () => {
  packaged = await packagedProgram();
}, PACKAGING_TIMEOUT_MS);

describe("the executable for Linux", () => {
  test("says its version, without a word from Node", () => {
    const { status, stdout, stderr } = spawnSync(packaged.linux, ["--version"], { encoding: "utf8", timeout: 120_000 });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: "" });
  });
});

test("the sums are those of the files", () => {
  const run = spawnSync("sha256sum", ["-c", "SHA256SUMS"], {
    cwd: packaged.folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(run.stdout.split("\n").filter((line) => line.endsWith(": OK"))).toHaveLength(5);
});
