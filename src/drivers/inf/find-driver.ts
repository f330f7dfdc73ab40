/** Whether an INF file is a driver for one of some devices, on this Windows. */
import { upcase } from "../../bytes/upcase.ts";
import { NET_CLASS, SYSTEM_CLASS } from "../../windows/registry-paths.ts";
import { type NetworkClass, networkClass } from "../network-classes.ts";
import type { Inf } from "./parse.ts";
import { chooseDecoration, type TargetOs } from "./target-os.ts";

export interface FoundInInf {
  readonly of: NetworkClass;
  /** The ID that the file names. */
  readonly id: string;
  readonly service: string | undefined;
}

/** [Version] of Windows XP's time may name the class in words alone (Microsoft, "INF Version Section"). */
const CLASS_NAMES: Readonly<Record<string, string>> = { NET: NET_CLASS, SYSTEM: SYSTEM_CLASS };

/** MAX_DEVICE_ID_LEN (cfgmgr32.h). */
const MAX_ID_LENGTH = 200;

/** SPSVCINST_ASSOCSERVICE (Microsoft, "INF AddService Directive"): the service that runs the device, among others that it needs. */
const ASSOCIATED_SERVICE = 0x2;

/** `ids` in upper case, most specific first: the first that the file names for this Windows. */
export function findInInf(inf: Inf, ids: readonly string[], os: TargetOs): FoundInInf | undefined {
  const classGuid = classOf(inf);
  if (classGuid === undefined) return undefined;
  const models = modelsFor(inf, os);
  for (const id of ids) {
    const section = models.get(id);
    const of = networkClass(classGuid, id);
    if (section === undefined || of === undefined) continue;
    const service = serviceOf(inf, section, os);
    // Chips that need no driver are named too, as system devices without a service.
    if (of === "net" || service !== undefined) return { of, id, service };
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

function serviceOf(inf: Inf, section: string, { architecture }: TargetOs): string | undefined {
  const names = [`${section}.NT${architecture}.Services`, `${section}.NT.Services`, `${section}.Services`];
  const entries = names.map((name) => inf.section(name)).find((found) => found !== undefined) ?? [];
  const added = entries.filter(({ key }) => upcase(key ?? "") === "ADDSERVICE");
  const own = added.find(({ fields }) => (Number(fields[1] ?? 0) & ASSOCIATED_SERVICE) !== 0);
  const [name = ""] = (own ?? added[0])?.fields ?? [];
  return name === "" ? undefined : inf.text(name);
}
