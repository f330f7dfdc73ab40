/** The packaged executable for Windows: its details, its signature, and what it does under Wine. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VERSION } from "../../src/version.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { type PackagedProgram, packagedProgram, PACKAGING_TIMEOUT_MS } from "../support/packaged.ts";
import { describeWithTools, runTool } from "../support/tools.ts";
import { missingWine, Wine } from "../support/wine.ts";

const TIMEOUT_MS = 120_000;

let packaged: PackagedProgram;

beforeAll(async () => {
  packaged = await packagedProgram();
}, PACKAGING_TIMEOUT_MS);

describeWithTools("Windows' details of it", ["exiftool"], () => {
  test("are ours, and nothing is left of Node's", () => {
    const { author } = JSON.parse(readFileSync("package.json", "utf8"));
    const [details] = JSON.parse(runTool("exiftool", ["-json", packaged.windows]).stdout.toString());
    expect(details).toMatchObject({
      FileType: "Win64 EXE",
      ProductName: "pint-offline",
      FileDescription: "Moves the network configuration of an offline Windows image",
      FileVersionNumber: `${VERSION}.0`,
      ProductVersionNumber: `${VERSION}.0`,
      FileVersion: VERSION,
      ProductVersion: VERSION,
      OriginalFileName: "pint.exe",
      InternalName: "pint",
      CompanyName: author,
      LegalCopyright: expect.stringContaining(author),
    });
  });
});

describeWithTools("its signature", ["osslsigncode", "openssl"], () => {
  test("is not there, and its checksum is right", () => {
    const said = String(runTool("osslsigncode", ["verify", packaged.windows]).stdout);
    expect(said).not.toContain("invalid PE checksum");
    expect(said).not.toContain("Signature verification: ok");
  });

  test("of one's own is made and verified as README.md says", () => {
    const { signed, certificate } = sign(newFolder());
    const verified = runTool("osslsigncode", ["verify", "-CAfile", certificate, signed]);
    expect(String(verified.stdout)).toContain("Signature verification: ok");
    expect(verified.status).toBe(0);
    const bytes = readFileSync(signed);
    const at = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    const changed = writeFileIn(newFolder(), "changed.exe", bytes);
    expect(runTool("osslsigncode", ["verify", "-CAfile", certificate, changed]).status).not.toBe(0);
  });
});

describeUnlessMissing("under Wine", missingWine, () => {
  let wine: Wine;

  beforeAll(() => {
    wine = new Wine();
    wine.run("winecfg", ["/v", "win10"], TIMEOUT_MS); // Node wants a newer Windows than Wine's own choice
  }, 4 * TIMEOUT_MS);
  afterAll(() => wine.close());

  const pint = (args: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
    wine.run(packaged.windows, args, TIMEOUT_MS, variables);
  const SAYS_VERSION = { ended: true, status: 0, output: `${VERSION}\n`, complaint: "" };

  test("it says its version and runs the program", { timeout: 2 * TIMEOUT_MS }, () => {
    expect(pint(["--version"])).toEqual(SAYS_VERSION);
    expect(pint(["inventory", "--help"])).toMatchObject({
      status: 0,
      output: expect.stringContaining("pint inventory"),
    });
  });

  test("it reads no NODE_OPTIONS", { timeout: 4 * TIMEOUT_MS }, () => {
    const script = writeFileIn(newFolder(), "loaded.cjs", 'process.stdout.write("loaded\\n");');
    for (const options of ["--bogus", `--require Z:${script}`]) {
      expect(pint(["--version"], { NODE_OPTIONS: options })).toEqual(SAYS_VERSION);
    }
  });

  test("every argument is pint's", { timeout: 2 * TIMEOUT_MS }, () => {
    expect(pint(["--inspect"])).toMatchObject({
      status: 2,
      output: "",
      complaint: expect.stringContaining("--inspect"),
    });
  });

  describeWithTools("signed", ["osslsigncode", "openssl"], () => {
    test("it runs as before", { timeout: 2 * TIMEOUT_MS }, () => {
      const { signed } = sign(newFolder());
      expect(wine.run(signed, ["--version"], TIMEOUT_MS)).toEqual(SAYS_VERSION);
    });
  });
});

/** With a certificate of this folder's own, by the commands of scripts/package/README.md. */
function sign(folder: string): { readonly signed: string; readonly certificate: string } {
  const [key, certificate, signed] = ["key.pem", "certificate.pem", "pint.exe"].map((name) => join(folder, name));
  if (key === undefined || certificate === undefined || signed === undefined) throw new Error("three names");
  const made = runTool("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=pint test"],
    ...["-addext", "extendedKeyUsage=codeSigning", "-keyout", key, "-out", certificate],
  ]);
  expect(made.status).toBe(0);
  const options = ["-h", "sha256", "-n", "pint-offline", "-certs", certificate, "-key", key];
  const ran = runTool("osslsigncode", ["sign", ...options, "-in", packaged.windows, "-out", signed]);
  expect(String(ran.stdout)).toContain("Succeeded");
  return { signed, certificate };
}
