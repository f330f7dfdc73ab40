/** The licences of other people's code that the program contains, as one text to ship beside it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../repository.ts";
import type { Program } from "./program.ts";

const RULE = "-".repeat(80);

/** Throws when a bundled package brings no licence file: then a person has to look. */
export function licensesText(program: Program): string {
  const own = readFileSync(join(REPOSITORY, "LICENSE"), "utf8").trim();
  const parts = [
    "pint contains the following software.",
    section("pint-offline", own),
    ...program.packages.map((folder) => section(...licenseOf(folder))),
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
  const file = readdirSync(path).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (file === undefined) {
    throw new Error(`${folder} brings no licence file (${license})`);
  }
  return [`${name} ${version} (${license})`, readFileSync(join(path, file), "utf8").trim().replaceAll("\r\n", "\n")];
}
