/** Whether an INF file is a driver for one of some devices, on this Windows. */
import { upcase } from "../../bytes/upcase.ts";
import { NET_CLASS, SYSTEM_CLASS } from "../../windows/registry-paths.ts";
import { type NetworkClass, networkClass } from "../network-classes.ts";
import { serviceOf } from "./installed-service.ts";
import type { Inf } from "./parse.ts";
import { decorationsFor, type TargetOs } from "./target-os.ts";

export interface FoundInInf {
  readonly of: NetworkClass;
  /** The ID that the file names. */
  readonly id: string;
  /** Undefined where nobody can tell whether this is a driver. */
  readonly service?: string | undefined;
  /** That service's file, its name alone: `e1000325.sys`. */
  readonly file?: string | undefined;
  /** Why nobody can: a sentence without its subject, which is the file. */
  readonly doubt?: string | undefined;
}

/** [Version] of Windows XP's time may name the class in words alone (Microsoft, "INF Version Section"). */
const CLASS_NAMES: Readonly<Record<string, string>> = { NET: NET_CLASS, SYSTEM: SYSTEM_CLASS };

/** MAX_DEVICE_ID_LEN (cfgmgr32.h). */
const MAX_ID_LENGTH = 200;

/**
 * `ids` in upper case, most specific first: the first that the file names for this Windows is the one that counts. Without a service the file is no driver: Windows
 * makes the device known, and does not start it (Microsoft, "Installing a Null Driver"); chips that need no driver are named like that, too.
 */
export function findInInf(inf: Inf, ids: readonly string[], os: TargetOs): FoundInInf | undefined {
  const classGuid = classOf(inf);
  if (classGuid === undefined) return undefined;
  const models = modelsFor(inf, os);
  for (const id of ids) {
    const model = models.get(id);
    const of = networkClass(classGuid, id);
    if (model === undefined || of === undefined) continue;
    if (model.doubt !== undefined) return { of, id, doubt: model.doubt };
    const found = serviceOf(inf, model.section, os);
    if (found.has === "none") return undefined;
    return found.has === "service" ? { of, id, service: found.name, file: found.file } : { of, id, doubt: found.doubt };
  }
  return undefined;
}

/** [Version] of a file for Windows 95 and its successors says so (Microsoft, "INF Version Section", Signature): no other Windows takes it. */
const OF_WINDOWS_95 = "$WINDOWS 95$";

function classOf(inf: Inf): string | undefined {
  if (upcase(inf.value("Version", "Signature") ?? "") === OF_WINDOWS_95) return undefined;
  return inf.value("Version", "ClassGuid") ?? CLASS_NAMES[upcase(inf.value("Version", "Class") ?? "")];
}

interface Model {
  /** The section that installs the device. */
  readonly section: string;
  readonly doubt: string | undefined;
}

/** By hardware and compatible IDs in upper case. */
function modelsFor(inf: Inf, os: TargetOs): ReadonlyMap<string, Model> {
  const models = new Map<string, Model>();
  for (const [name, doubt] of modelsSections(inf, os)) {
    for (const { fields } of inf.section(name) ?? []) {
      const [section = "", ...ids] = fields;
      for (const id of ids.map((field) => upcase(inf.text(field))).filter(({ length }) => length <= MAX_ID_LENGTH)) {
        if (!models.has(id)) models.set(id, { section: inf.text(section), doubt });
      }
    }
  }
  return models;
}

/** Each once, however often it is named, with why nobody can tell whether Windows takes it. */
function modelsSections(inf: Inf, os: TargetOs): ReadonlyMap<string, string | undefined> {
  const sections = new Map<string, string | undefined>();
  for (const { key, fields } of inf.section("Manufacturer") ?? []) {
    const [name = "", ...listed] = fields.map((field) => inf.text(field));
    const { taken, doubt } = decorationsFor(key === undefined ? [] : listed, os);
    for (const decoration of taken) {
      const section = upcase(decoration === "" ? name : `${name}.${decoration}`);
      if (!sections.has(section) || doubt === undefined) sections.set(section, doubt);
    }
  }
  return sections;
}
