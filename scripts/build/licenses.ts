/** The licences of other people's code that the program contains, as one text to ship beside it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";
import type { Program } from "./program.ts";

const RULE = "-".repeat(80);

/**
 * `others`: what is shipped beside the program's own packages, as titles and texts. Throws when a bundled package brings no
 * licence file: then a person has to look.
 */
export function licensesText(
  program: Program,
  others: readonly (readonly [title: string, text: string])[] = [],
): string {
  const own = readFileSync(join(REPOSITORY, "LICENSE"), "utf8").trim();
  const parts = [
    "pint contains the following software.",
    section("pint-offline", own),
    ...program.packages.map((folder) => section(...licenseOf(folder))),
    ...others.map(([title, text]) => section(title, text.trim())),
  ];
  if (program.legalComments.trim() !== "") {
    parts.push(section("Legal comments in the bundled code", program.legalComments.trim()));
  }
  return `${parts.join("\n\n")}\n`;
}

function section(title: string, text: string): string {
  return `${RULE}\n${title}\n${RULE}\n\n${text}`;
}

function licenseOf(folder: string): [title: string, text: string] {
  const path = join(REPOSITORY, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = licenseFileOf(path, name);
  if (file === undefined) {
    throw new Error(`${folder} brings no licence file (${license})`);
  }
  return [`${name} ${version} (${license})`, readFileSync(file, "utf8").trim().replaceAll("\r\n", "\n")];
}

/** The package's own; or, where its publisher left it out, the one of its repository, kept here. */
function licenseFileOf(path: string, name: string): string | undefined {
  const own = readdirSync(path).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const kept = join(REPOSITORY, "scripts", "build", "licenses", `${name}.txt`);
  return own !== undefined ? join(path, own) : existsSync(kept) ? kept : undefined;
}
