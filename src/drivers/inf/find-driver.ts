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
  /** Undefined: another INF file says (Include and Needs), so that nobody can tell whether this is a driver. */
  readonly service: string | undefined;
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
    return found.has === "none" ? undefined : { of, id, service: found.has === "service" ? found.name : undefined };
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

type InstalledService = { readonly has: "service"; readonly name: string } | { readonly has: "none" | "elsewhere" };

function serviceOf(inf: Inf, section: string, { architecture }: TargetOs): InstalledService {
  const names = [`${section}.NT${architecture}`, `${section}.NT`, section];
  const first = (suffix: string): readonly InfEntry[] | undefined =>
    names.map((name) => inf.section(name + suffix)).find((found) => found !== undefined);
  const install = first("");
  if (install === undefined) return { has: "none" };
  const services = first(".Services") ?? [];
  const own = services.find(({ key, fields }) => isNamed(key, "AddService") && isAssociated(inf, fields[1]));
  const name = inf.text(own?.fields[0] ?? "");
  if (name !== "") return { has: "service", name };
  const refers = [...install, ...services].some(({ key }) => isNamed(key, "Include") || isNamed(key, "Needs"));
  return { has: own === undefined && refers ? "elsewhere" : "none" };
}

function isNamed(key: string | undefined, name: string): boolean {
  return upcase(key ?? "") === upcase(name);
}

/** The flags are a number, or a token for one (`%SPSVCINST_ASSOCSERVICE%`). */
function isAssociated(inf: Inf, flags = ""): boolean {
  return (Number(inf.text(flags)) & ASSOCIATED_SERVICE) !== 0;
}
