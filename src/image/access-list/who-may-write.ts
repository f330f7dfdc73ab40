/** What an access list must be so that only administrators can change, or read, what lies there, and whether it is. */
import { type AccessEntry, formatDescriptor, type SecurityDescriptor } from "./descriptor.ts";

const SYSTEM = "S-1-5-18";
const ADMINISTRATORS = "S-1-5-32-544";
const USERS = "S-1-5-32-545";
const TRUSTED_INSTALLER = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

const FULL = 0x001f01ff;
const READ_AND_EXECUTE = 0x001200a9;
const FOR_FILES_AND_FOLDERS = 0x03;
const INHERIT_ONLY = 0x08;

/** Writing, appending, extended attributes, deleting what is below, attributes; deleting, access list, owner; all, generic writing and "whatever I may". */
const WRITING = 0x00000156 | 0x000d0000 | 0x52000000;

/** Reading, and what leads to it: the access list, the owner, all, generic reading and "whatever I may". Whoever may write there is no better. */
const READING_OR_WRITING = WRITING | 0x00000001 | 0x80000000;

/** Of the folder of programs that run as LocalSystem, and of receipts. */
export type Wanted = "administrators-only" | "administrators-write";

function entriesFor(wanted: Wanted, flags: number): readonly AccessEntry[] {
  const allow = (sid: string, mask: number): AccessEntry => ({ allows: true, flags, mask, sid });
  const administrators = [allow(SYSTEM, FULL), allow(ADMINISTRATORS, FULL)];
  return wanted === "administrators-only" ? administrators : [...administrators, allow(USERS, READ_AND_EXECUTE)];
}

/** `D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)`, with reading for users where that is wanted; owned by Administrators. */
export function wantedDescriptor(wanted: Wanted, kind: "folder" | "file"): Uint8Array {
  return formatDescriptor(ADMINISTRATORS, true, entriesFor(wanted, kind === "folder" ? FOR_FILES_AND_FOLDERS : 0));
}

/** The same as arguments of icacls, which takes SIDs behind an asterisk. */
export function wantedGrants(wanted: Wanted): readonly string[] {
  return entriesFor(wanted, FOR_FILES_AND_FOLDERS).map(
    ({ sid, mask }) => `*${sid}:(OI)(CI)${mask === FULL ? "F" : "RX"}`,
  );
}

export const OWNER = ADMINISTRATORS;

/** As the end of a sentence about the folder; undefined when only SYSTEM, Administrators and TrustedInstaller may change it or what is in it. */
export function whyOthersMayWrite({ owner, entries }: SecurityDescriptor): string | undefined {
  const own = entries?.filter(({ flags }) => (flags & INHERIT_ONLY) === 0) ?? null;
  return whyOthersMay({ owner, entries: own }, WRITING, "write to it", "write");
}

/** The same of reading as well. What a folder passes on counts, for receipts are yet to come into it. */
export function whyOthersMayRead(descriptor: SecurityDescriptor): string | undefined {
  return whyOthersMay(descriptor, READING_OR_WRITING, "read it", "read or write");
}

function whyOthersMay(
  { owner, entries }: Pick<SecurityDescriptor, "owner" | "entries">,
  rights: number,
  everyoneMay: string,
  othersMay: string,
): string | undefined {
  if (owner !== undefined && !isTrusted(owner)) return `it belongs to ${owner}, who may change its access list`;
  if (entries === null) return `it has no access list, so that everyone may ${everyoneMay}`;
  const other = entries.find(({ allows, mask, sid }) => allows && (mask & rights) !== 0 && !isTrusted(sid));
  return other && `its access list lets ${other.sid} ${othersMay} (0x${other.mask.toString(16)})`;
}

function isTrusted(sid: string): boolean {
  return sid === SYSTEM || sid === ADMINISTRATORS || sid === TRUSTED_INSTALLER;
}
