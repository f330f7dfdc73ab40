/** A security descriptor as far as it says who may write: from the bytes that NTFS keeps, and back. */

/** One entry of an access list. `sid` is the text form: "S-1-5-18". */
export interface AccessEntry {
  readonly allows: boolean;
  /** OI 1, CI 2, inherit only 8, inherited 16 (Microsoft, "ACE_HEADER"). */
  readonly flags: number;
  readonly mask: number;
  readonly sid: string;
}

export interface SecurityDescriptor {
  /** Undefined where whoever read it could not ask. */
  readonly owner: string | undefined;
  /** What the folder above passes on does not count. */
  readonly isProtected: boolean;
  /** null: there is no list, which allows everything to everyone. */
  readonly entries: readonly AccessEntry[] | null;
}

const DACL_PRESENT = 0x0004;
const DACL_PROTECTED = 0x1000;
const SELF_RELATIVE = 0x8000;
const HEADER_SIZE = 20;
const ACL_HEADER_SIZE = 8;
const ACE_HEADER_SIZE = 8; // with the mask
const ACL_REVISION = 2;
const ACE_ALLOWS = 0;
const ACE_DENIES = 1;

/**
 * Self-relative bytes (Microsoft, "SECURITY_DESCRIPTOR"; as ntfs-3g gives them for a volume of its own making). Undefined
 * when they are none, or hold a kind of entry that is not known: nothing is concluded from a list that was read in part.
 */
export function parseDescriptor(bytes: Uint8Array): SecurityDescriptor | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const control = view.getUint16(2, true);
    if (view.getUint8(0) !== 1 || (control & SELF_RELATIVE) === 0) return undefined;
    const [ownerAt, daclAt] = [view.getUint32(4, true), view.getUint32(16, true)];
    const entries = (control & DACL_PRESENT) === 0 || daclAt === 0 ? null : readEntries(view, daclAt);
    const owner = ownerAt === 0 ? undefined : readSid(view, ownerAt);
    return { owner, isProtected: (control & DACL_PROTECTED) !== 0, entries };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readEntries(view: DataView, at: number): readonly AccessEntry[] {
  const count = view.getUint16(at + 4, true);
  const entries: AccessEntry[] = [];
  let place = at + ACL_HEADER_SIZE;
  for (let index = 0; index < count; index++) {
    const type = view.getUint8(place);
    if (type !== ACE_ALLOWS && type !== ACE_DENIES) throw new RangeError("a kind of entry that is not known");
    entries.push({
      allows: type === ACE_ALLOWS,
      flags: view.getUint8(place + 1),
      mask: view.getUint32(place + 4, true),
      sid: readSid(view, place + ACE_HEADER_SIZE),
    });
    place += view.getUint16(place + 2, true);
  }
  return entries;
}

/** The authority is six bytes, the first byte highest; those that exist fit into four. */
function readSid(view: DataView, at: number): string {
  const count = view.getUint8(at + 1);
  const authority = view.getUint32(at + 4, false);
  const parts = Array.from({ length: count }, (_, index) => view.getUint32(at + 8 + 4 * index, true));
  return ["S", view.getUint8(at), authority, ...parts].join("-");
}

/** Owner and group are the same: nobody but POSIX programs asks for the group. */
export function formatDescriptor(owner: string, isProtected: boolean, entries: readonly AccessEntry[]): Uint8Array {
  const ownerBytes = sidBytes(owner);
  const aces = entries.map(aceBytes);
  const daclSize = ACL_HEADER_SIZE + aces.reduce((sum, ace) => sum + ace.length, 0);
  const groupAt = HEADER_SIZE + ownerBytes.length;
  const daclAt = groupAt + ownerBytes.length;
  const bytes = new Uint8Array(daclAt + daclSize);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint16(2, SELF_RELATIVE | DACL_PRESENT | (isProtected ? DACL_PROTECTED : 0), true);
  view.setUint32(4, HEADER_SIZE, true);
  view.setUint32(8, groupAt, true);
  view.setUint32(16, daclAt, true);
  bytes.set(ownerBytes, HEADER_SIZE);
  bytes.set(ownerBytes, groupAt);
  view.setUint8(daclAt, ACL_REVISION);
  view.setUint16(daclAt + 2, daclSize, true);
  view.setUint16(daclAt + 4, aces.length, true);
  let place = daclAt + ACL_HEADER_SIZE;
  for (const ace of aces) {
    bytes.set(ace, place);
    place += ace.length;
  }
  return bytes;
}

function aceBytes({ allows, flags, mask, sid }: AccessEntry): Uint8Array {
  const tail = sidBytes(sid);
  const bytes = new Uint8Array(ACE_HEADER_SIZE + tail.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, allows ? ACE_ALLOWS : ACE_DENIES);
  view.setUint8(1, flags);
  view.setUint16(2, bytes.length, true);
  view.setUint32(4, mask, true);
  bytes.set(tail, ACE_HEADER_SIZE);
  return bytes;
}

function sidBytes(sid: string): Uint8Array {
  const [, revision = 1, authority = 0, ...parts] = sid.split("-").map(Number);
  const bytes = new Uint8Array(8 + 4 * parts.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, revision);
  view.setUint8(1, parts.length);
  view.setUint32(4, authority, false);
  for (const [index, part] of parts.entries()) view.setUint32(8 + 4 * index, part, true);
  return bytes;
}
