/** The packaged executables of the sources as they are, built once and shared by all test files. */
import { join } from "node:path";
import { packagedFolder } from "../../scripts/package/packaged.ts";

/** For the `beforeAll` that asks first: a build takes a minute on a busy machine, and others may be waited for. */
export const PACKAGING_TIMEOUT_MS = 20 * 60_000;

export interface PackagedProgram {
  /** Holds what `npm run package` puts into dist/; nothing in it may be changed. */
  readonly folder: string;
  /** pint.exe, for Windows x64: to be run under Wine. */
  readonly windows: string;
  /** pint, for Linux x64. */
  readonly linux: string;
  readonly nssm: string;
}

/** Builds them when the sources have changed since they were last built. */
export async function packagedProgram(): Promise<PackagedProgram> {
  const folder = await packagedFolder();
  return { folder, windows: join(folder, "pint.exe"), linux: join(folder, "pint"), nssm: join(folder, "nssm.exe") };
}
