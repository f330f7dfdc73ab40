/** Whether an INF file is a driver for one of some devices, on this Windows. */
import { upcase } from "../../bytes/upcase.ts";
import { NET_CLASS, SYSTEM_CLASS } from "../../windows/registry-paths.ts";
import { type NetworkClass, networkClass } from "../network-classes.ts";
import type { InfEntry } from "./line.ts";
import type { Inf } from "./parse.ts";
import { chooseDecoration, type TargetOs } from "./target-os.ts";

export interface FoundInInf {
  readonly of: NetworkClass;
  /** The ID that the file names. */
  readonly id: string;
  /** Undefined where nobody can tell whether this is a driver. */
  readonly service?: string | undefined;
  /** Why nobody can: a sentence without its subject, which is the file. */
  readonly doubt?: string | undefined;
}

/** [Version] of Windows XP's time may name the class in words alone (Microsoft, "INF Version Section"). */
const CLASS_NAMES: Readonly<Record<string, string>> = { NET: NET_CLASS, SYSTEM: SYSTEM_CLASS };

/** MAX_DEVICE_ID_LEN (cfgmgr32.h). */
const MAX_ID_LENGTH = 200;

/** SPSVCINST_ASSOCSERVICE (Microsoft, "INF AddService Directive"): the service that runs the device, among others that it needs. */
const ASSOCIATED_SERVICE = 0x2;

/**
 * `ids` in upper case, most specific first: the first that the file names for this Windows is the one that counts. Without a service the file is no driver: Windows
 * makes the device known, and does not start it (Microsoft, "Installing a Null Driver"); chips that need no driver are named like that, too.
 */
export function findInInf(inf: Inf, ids: readonly string[], os: TargetOs): FoundInInf | undefined {
  const classGuid = classOf(inf);
  if (classGuid === undefined) return undefined;
  const models = modelsFor(inf, os);
  for (const id of ids) {
    const section = models.get(id);
    const of = networkClass(classGuid, id);
    if (section === undefined || of === undefined) continue;
    const found = serviceOf(inf, section, os);
    if (found.has === "none") return undefined;
    return found.has === "service" ? { of, id, service: found.name } : { of, id, doubt: found.doubt };
  }
  return undefined;
}

function classOf(inf: Inf): string | undefined {
  return inf.value("Version", "ClassGuid") ?? CLASS_NAMES[upcase(inf.value("Version", "Class") ?? "")];
}

/** Hardware and compatible IDs in upper case, with the name of the section that installs the device. */
function modelsFor(inf: Inf, os: TargetOs): ReadonlyMap<string, string> {
  const models = new Map<string, string>();
  for (const { fields } of modelsSections(inf, os).flatMap((name) => inf.section(name) ?? [])) {
    const [section = "", ...ids] = fields;
    for (const id of ids.map((field) => inf.text(field)).filter(({ length }) => length <= MAX_ID_LENGTH)) {
      if (!models.has(upcase(id))) models.set(upcase(id), inf.text(section));
    }
  }
  return models;
}

/** Each once, however often it is named. */
function modelsSections(inf: Inf, os: TargetOs): string[] {
  const names = (inf.section("Manufacturer") ?? []).flatMap(({ key, fields }) => {
    const [name = "", ...decorations] = fields.map((field) => inf.text(field));
    const decoration = chooseDecoration(key === undefined ? [] : decorations, os);
    return decoration === undefined ? [] : [upcase(decoration === "" ? name : `${name}.${decoration}`)];
  });
  return [...new Set(names)];
}

type InstalledService =
  | { readonly has: "service"; readonly name: string }
  | { readonly has: "doubt"; readonly doubt: string }
  | { readonly has: "none" };

const FROM_ANOTHER = "takes what it installs from another one (Include, Needs), which was not looked into";

/** Windows takes the first that is there, with the processor in its name, with NT, or as it stands (Microsoft, "SetupDiGetActualSectionToInstall"). */
function serviceOf(inf: Inf, section: string, os: TargetOs): InstalledService {
  const names = [`${section}.NT${os.architecture}`, `${section}.NT`, section];
  const first = (suffix: string): readonly InfEntry[] | undefined =>
    names.map((name) => inf.section(name + suffix)).find((found) => found !== undefined);
  const install = first("");
  if (install === undefined) return withVersion(inf, section, os);
  const services = first(".Services") ?? [];
  const own = services.find(({ key, fields }) => isNamed(key, "AddService") && isAssociated(inf, fields[1]));
  const name = inf.text(own?.fields[0] ?? "");
  if (name !== "") return { has: "service", name };
  const refers = [...install, ...services].some(({ key }) => isNamed(key, "Include") || isNamed(key, "Needs"));
  return own === undefined && refers ? { has: "doubt", doubt: FROM_ANOTHER } : { has: "none" };
}

/** A version in the name, as models sections have it (`I.NTamd64.10.0`): of install sections no document says that Windows takes such a one. */
function withVersion(inf: Inf, section: string, os: TargetOs): InstalledService {
  const decorations = inf.endingsOf(`${section}.`);
  const ofAny = decorations.filter((text) => /^NT(?:\.|$)/.test(text));
  const fitting = chooseDecoration(decorations, os) || chooseDecoration(ofAny, { ...os, architecture: "x86" });
  if (fitting === undefined || fitting === "") return { has: "none" };
  const doubt = `installs it by [${section}.${fitting}] only, and that Windows takes an install section with a version in its name is not confirmed`;
  return { has: "doubt", doubt };
}

function isNamed(key: string | undefined, name: string): boolean {
  return upcase(key ?? "") === upcase(name);
}

/** The flags are a number, or a token for one (`%SPSVCINST_ASSOCSERVICE%`). */
function isAssociated(inf: Inf, flags = ""): boolean {
  return (Number(inf.text(flags)) & ASSOCIATED_SERVICE) !== 0;
}
