/** An access list in the text form that icacls /save writes (SDDL), read. */
import type { AccessEntry, SecurityDescriptor } from "./descriptor.ts";

/** Microsoft, "SID Strings": those that an access list of a file is likely to have; another two letters are kept as they are, and are nobody that we know. */
const SIDS: Readonly<Record<string, string>> = {
  SY: "S-1-5-18",
  BA: "S-1-5-32-544",
  BU: "S-1-5-32-545",
  WD: "S-1-1-0",
  AU: "S-1-5-11",
  CO: "S-1-3-0",
};

/** Microsoft, "ACE Strings": the rights that stand for a whole mask; all others are two letters for one bit. */
const RIGHTS: Readonly<Record<string, number>> = {
  FA: 0x001f01ff,
  FR: 0x00120089,
  FW: 0x00120116,
  FX: 0x001200a0,
  GA: 0x10000000,
  GW: 0x40000000,
  GR: 0x80000000,
  GX: 0x20000000,
  SD: 0x00010000,
  RC: 0x00020000,
  WD: 0x00040000,
  WO: 0x00080000,
  CC: 0x00000001,
  DC: 0x00000002,
  LC: 0x00000004,
  SW: 0x00000008,
  RP: 0x00000010,
  WP: 0x00000020,
  DT: 0x00000040,
  LO: 0x00000080,
  CR: 0x00000100,
};

const FLAGS: Readonly<Record<string, number>> = { OI: 1, CI: 2, NP: 4, IO: 8, ID: 16 };

/** Undefined when it is no such text, or holds what is not known: nothing is concluded from a list that was read in part. */
export function parseSddl(text: string): SecurityDescriptor | undefined {
  const [, control, list] = /^D:([A-Z_]*)((?:\([^()]*\))*)(?:S:.*)?$/.exec(text.trim()) ?? [];
  if (control === undefined || list === undefined) return undefined;
  if (control.includes("NO_ACCESS_CONTROL")) return { owner: undefined, isProtected: false, entries: null };
  const entries = [...list.matchAll(/\(([^()]*)\)/g)].map(([, entry = ""]) => parseEntry(entry));
  const known = entries.filter((entry) => entry !== undefined);
  if (known.length < entries.length) return undefined;
  return { owner: undefined, isProtected: control.startsWith("P"), entries: known };
}

function parseEntry(text: string): AccessEntry | undefined {
  const [type, flagText = "", rightText = "", , , sid = ""] = text.split(";");
  const flags = sumOf(flagText, FLAGS);
  const mask = /^0x[0-9a-f]+$/i.test(rightText) ? Number(rightText) : sumOf(rightText, RIGHTS);
  if ((type !== "A" && type !== "D") || flags === undefined || mask === undefined || sid === "") return undefined;
  return { allows: type === "A", flags, mask, sid: SIDS[sid] ?? sid };
}

/** Of words of two letters each. */
function sumOf(text: string, words: Readonly<Record<string, number>>): number | undefined {
  const values = (text.match(/.{1,2}/g) ?? []).map((word) => words[word]);
  return values.reduce<number | undefined>(
    (sum, value) => (sum === undefined || value === undefined ? undefined : (sum | value) >>> 0),
    0,
  );
}
