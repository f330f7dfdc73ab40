/** Which service an INF file installs for a device, by the device's install section. */
import { upcase } from "../../bytes/upcase.ts";
import type { Inf } from "./parse.ts";
import { decorationsFor, type TargetOs } from "./target-os.ts";

export type InstalledService =
  /** `file`: of the driver, its name alone. */
  | { readonly has: "service"; readonly name: string; readonly file: string }
  | { readonly has: "doubt"; readonly doubt: string }
  | { readonly has: "none" };

/** SPSVCINST_ASSOCSERVICE (Microsoft, "INF AddService Directive"): the service that runs the device, among others that it needs. */
const ASSOCIATED_SERVICE = 0x2;

const FROM_ANOTHER = "takes what it installs from another one (Include, Needs), which was not looked into";

/**
 * Windows takes the first that is there, with the processor in its name, with NT, or as it stands (Microsoft, "SetupDiGetActualSectionToInstall"), and the
 * services from the one that is called so too, with `.Services` behind it (Microsoft, "INF DDInstall.Services Section"; that it takes those of no other one is from memory).
 */
export function serviceOf(inf: Inf, section: string, os: TargetOs): InstalledService {
  const names = [`${section}.NT${os.architecture}`, `${section}.NT`, section];
  const taken = names.find((name) => inf.section(name) !== undefined);
  if (taken === undefined) return withVersion(inf, section, os);
  const found = serviceIn(inf, `${taken}.Services`);
  if (found.has !== "none") return found;
  const all = [inf.section(taken), inf.section(`${taken}.Services`)].flatMap((entries) => entries ?? []);
  const refers = all.some(({ key }) => isNamed(key, "Include") || isNamed(key, "Needs"));
  if (refers && !hasOwn(inf, `${taken}.Services`)) return { has: "doubt", doubt: FROM_ANOTHER };
  const elsewhere = names.find((name) => name !== taken && serviceIn(inf, `${name}.Services`).has !== "none");
  if (elsewhere === undefined || hasOwn(inf, `${taken}.Services`)) return { has: "none" };
  const doubt = `is installed by its [${taken}], and names a service in [${elsewhere}.Services] only, which Windows may not take`;
  return { has: "doubt", doubt };
}

function serviceIn(inf: Inf, services: string): InstalledService {
  const fields = associated(inf, services) ?? [];
  const [name = "", , installedBy = ""] = fields.map((field) => inf.text(field));
  if (name === "") return { has: "none" };
  if (inf.section(installedBy) === undefined)
    return { has: "doubt", doubt: `has no section [${installedBy}], which is to install its service ${name}` };
  // %12%\e1000.sys: the folder is a number, which is no matter here (Microsoft, "INF AddService Directive").
  const binary = inf.value(installedBy, "ServiceBinary")?.split(/[\\/]/).at(-1) ?? "";
  return { has: "service", name, file: binary === "" ? `${name}.sys` : binary };
}

/** Whether it says which service runs the device, be it none: a null driver. */
function hasOwn(inf: Inf, services: string): boolean {
  return associated(inf, services) !== undefined;
}

function associated(inf: Inf, services: string): readonly string[] | undefined {
  const entries = inf.section(services) ?? [];
  return entries.find(({ key, fields }) => isNamed(key, "AddService") && isAssociated(inf, fields[1]))?.fields;
}

/** A version in the name, as models sections have it (`I.NTamd64.10.0`): of install sections no document says that Windows takes such a one. */
function withVersion(inf: Inf, section: string, os: TargetOs): InstalledService {
  const decorations = inf.endingsOf(`${section}.`);
  const ofAny = decorations.filter((text) => /^NT(?:\.|$)/.test(text));
  const [own] = decorationsFor(decorations, os).taken;
  const fitting = own || decorationsFor(ofAny, { ...os, architecture: "x86" }).taken[0];
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
