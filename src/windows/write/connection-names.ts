/** Gives connections other names, where Windows keeps them and so that no two have one. */
import { toHex } from "../../bytes/hex.ts";
import { upcase } from "../../bytes/upcase.ts";
import { decodeUtf16, encodeUtf16 } from "../../bytes/utf16.ts";
import type { Warning } from "../../exit/warning.ts";
import { type Guid, parseGuid } from "../../notation/guid.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Key } from "../../regf/index.ts";
import { registryBytes } from "../registry-data.ts";
import {
  CONNECTIONS_KEY,
  connectionKey,
  inControlSet,
  NETWORK_SETUP2_INTERFACES_KEY,
  networkSetup2AliasKey,
  networkSetup2KernelKey,
} from "../registry-paths.ts";
import { text } from "./data.ts";
import type { Draft } from "./draft.ts";

export interface NameWish {
  readonly guid: Guid;
  readonly name: string;
}

export interface NamePlace {
  readonly root: Key;
  readonly draft: Draft;
  readonly controlSet: number;
}

/** The characters that Windows refuses in a connection's name (Microsoft, "Rename a network connection"). */
const FORBIDDEN = /[\\/:*?<>|\t]/;

/** NETCON_MAX_NAME_LEN of netcon.h, in UTF-16 units. */
const MAX_NAME_LENGTH = 256;

/** DEVPROP_TYPE_STRING with 0xFFFF above it: the alias as a property of NetworkSetup2 (seen in hives of 10 1903 and 21H2). */
const STRING_PROPERTY = 0xffff_0012;

/**
 * Every connection of `wishes` gets its name, and who had it and is one of `givesWay` gets another; whatever else has the name keeps it, and a
 * warning says so. Names are the same without regard to case, and those of hidden and absent adapters count too.
 */
export function renameConnections(
  place: NamePlace,
  wishes: readonly NameWish[],
  givesWay: ReadonlySet<Guid>,
): readonly Warning[] {
  const names = namesIn(place);
  const { granted, warnings } = grant(wishes, names, givesWay);
  const taken = new Set([...names].flatMap(([guid, own]) => (granted.has(guid) ? [] : own.map(upcase))));
  const given = new Map([...granted].map(([guid, name]) => [upcase(name), guid]));
  for (const [guid, own] of names) {
    const stepsAside = !granted.has(guid) && own.some((name) => given.has(upcase(name)));
    if (stepsAside) setName(place, guid, unusedName(own[0] ?? guid, taken, given));
  }
  for (const [guid, name] of granted) setName(place, guid, name);
  return warnings;
}

/** Each GUID's names: the connection's own, and on 10 and later NetworkSetup2's, which alone is enough to keep a name from others. */
function namesIn({ root, draft, controlSet }: NamePlace): ReadonlyMap<Guid, readonly string[]> {
  const guids = [CONNECTIONS_KEY, NETWORK_SETUP2_INTERFACES_KEY].flatMap((path) =>
    [...(root.open(inControlSet(controlSet, path))?.subkeys() ?? [])].flatMap(({ name }) => parseGuid(name) ?? []),
  );
  return new Map(
    [...new Set(guids)].map((guid) => {
      const own = placesOfName(guid).flatMap(({ path, value }) => {
        const data = draft.value(inControlSet(controlSet, path), value);
        return data === undefined ? [] : (textIn(data) ?? []);
      });
      return [guid, own.filter((name) => name !== "")];
    }),
  );
}

/** Refuses what cannot be, until nothing more has to be refused: who is refused keeps its name from the others. */
function grant(
  wishes: readonly NameWish[],
  names: ReadonlyMap<Guid, readonly string[]>,
  givesWay: ReadonlySet<Guid>,
): { readonly granted: ReadonlyMap<Guid, string>; readonly warnings: readonly Warning[] } {
  const granted = new Map<Guid, string>();
  const warnings: Warning[] = [];
  for (const { guid, name } of wishes) {
    const why = whyUnusable(name, names.has(guid), [...granted.values()]);
    if (why === undefined) granted.set(guid, name);
    else warnings.push(notRenamed(name, why));
  }
  for (let refused = true; refused; ) {
    refused = false;
    for (const [guid, name] of granted) {
      const holder = [...names].find(
        ([other, own]) => other !== guid && !granted.has(other) && !givesWay.has(other) && hasName(own, name),
      );
      if (holder === undefined) continue;
      granted.delete(guid);
      warnings.push(notRenamed(name, `${holder[0]}, which is no orphan, has that name`));
      refused = true;
    }
  }
  return { granted, warnings };
}

function whyUnusable(name: string, hasConnection: boolean, granted: readonly string[]): string | undefined {
  if (!hasConnection) return "its adapter has no connection in this control set yet";
  const notAllowed = whyNoConnectionName(name);
  if (notAllowed !== undefined) return notAllowed;
  return hasName(granted, name) ? "another connection gets that name" : undefined;
}

/** Why no connection can have that name; undefined when one can. */
export function whyNoConnectionName(name: string): string | undefined {
  if (FORBIDDEN.test(name) || name.trim() === "") return "Windows does not allow that name";
  return name.length > MAX_NAME_LENGTH ? `it is longer than ${MAX_NAME_LENGTH} characters` : undefined;
}

function notRenamed(name: string, why: string): Warning {
  return { code: "connection-not-renamed", message: `No connection is given the name "${name}": ${why}` };
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((own) => upcase(own) === upcase(name));
}

/** `Ethernet (former)`, `Ethernet (former 2)` ...; the name that is found is taken from then on. */
function unusedName(name: string, taken: Set<string>, given: ReadonlyMap<string, Guid>): string {
  for (let count = 1; ; count++) {
    const candidate = formerName(name, count);
    if (taken.has(upcase(candidate)) || given.has(upcase(candidate))) continue;
    taken.add(upcase(candidate));
    return candidate;
  }
}

/** What a connection is called that gives its name away; `count` is 1 unless that name is taken too. */
export function formerName(name: string, count = 1): string {
  const suffix = count === 1 ? " (former)" : ` (former ${count})`;
  return name.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix;
}

/** Where a connection has no name it gets none: only values that are there are changed. */
function setName({ draft, controlSet }: NamePlace, guid: Guid, name: string): void {
  for (const { path, value, encode } of placesOfName(guid)) {
    const whole = inControlSet(controlSet, path);
    if (draft.value(whole, value) !== undefined) draft.set(whole, value, encode(name));
  }
}

interface PlaceOfName {
  readonly path: string;
  readonly value: string;
  readonly encode: (name: string) => RegistryData;
}

/** The alias inside NSI's table of 7 and 8.1 is not among them: whether Windows writes it anew from the connection's name is not confirmed. */
function placesOfName(guid: Guid): readonly PlaceOfName[] {
  return [
    { path: connectionKey(guid), value: "Name", encode: text },
    { path: networkSetup2KernelKey(guid), value: "IfAlias", encode: text },
    { path: networkSetup2AliasKey(guid), value: "", encode: stringProperty },
  ];
}

function stringProperty(name: string): RegistryData {
  return { type: STRING_PROPERTY, data: { hex: toHex(encodeUtf16(`${name}\0`)) } };
}

function textIn(data: RegistryData): string | undefined {
  if (data.type !== "REG_SZ" && data.type !== STRING_PROPERTY) return undefined;
  return decodeUtf16(registryBytes(data).data).split("\0", 1)[0];
}
