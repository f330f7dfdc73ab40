/** The security descriptor that the root of a new hive gets, and its subkeys inherit. */

/** Well-known identities (Microsoft, "Well-known SIDs"): the numbers after S-1-5. */
const SYSTEM = [18];
const ADMINISTRATORS = [32, 544];
const USERS = [32, 545];

/** KEY_ALL_ACCESS and KEY_READ (Microsoft, "Registry key security and access rights"). */
const FULL_CONTROL = 0x000f_003f;
const READ = 0x0002_0019;

/** ACCESS_ALLOWED_ACE_TYPE, and CONTAINER_INHERIT_ACE: subkeys get it too. */
const ALLOW = 0;
const INHERITED_BY_SUBKEYS = 2;

/** SE_SELF_RELATIVE and SE_DACL_PRESENT. */
const CONTROL = 0x8004;

const HEADER_SIZE = 20;
const ACL_HEADER_SIZE = 8;
const ACE_HEADER_SIZE = 8;

/** Owner Administrators, group SYSTEM; full control for both, read for Users. Self-relative, as Microsoft's [MS-DTYP] 2.4.6 describes it. */
export function defaultSecurityDescriptor(): Uint8Array {
  const owner = securityIdentifier(ADMINISTRATORS);
  const group = securityIdentifier(SYSTEM);
  const list = accessList([
    accessEntry(FULL_CONTROL, SYSTEM),
    accessEntry(FULL_CONTROL, ADMINISTRATORS),
    accessEntry(READ, USERS),
  ]);
  const header = new Uint8Array(HEADER_SIZE);
  const view = new DataView(header.buffer);
  view.setUint8(0, 1); // revision
  view.setUint16(2, CONTROL, true);
  view.setUint32(4, HEADER_SIZE + list.length, true); // owner
  view.setUint32(8, HEADER_SIZE + list.length + owner.length, true); // group
  view.setUint32(16, HEADER_SIZE, true); // the access list; there is no audit list
  return joined([header, list, owner, group]);
}

function securityIdentifier(subAuthorities: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 + subAuthorities.length * 4);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1); // revision
  view.setUint8(1, subAuthorities.length);
  view.setUint8(7, 5); // the NT authority, big-endian in six bytes
  subAuthorities.forEach((part, index) => {
    view.setUint32(8 + index * 4, part, true);
  });
  return bytes;
}

function accessEntry(mask: number, identity: readonly number[]): Uint8Array {
  const identifier = securityIdentifier(identity);
  const header = new Uint8Array(ACE_HEADER_SIZE);
  const view = new DataView(header.buffer);
  view.setUint8(0, ALLOW);
  view.setUint8(1, INHERITED_BY_SUBKEYS);
  view.setUint16(2, ACE_HEADER_SIZE + identifier.length, true);
  view.setUint32(4, mask, true);
  return joined([header, identifier]);
}

function accessList(entries: readonly Uint8Array[]): Uint8Array {
  const header = new Uint8Array(ACL_HEADER_SIZE);
  const view = new DataView(header.buffer);
  view.setUint8(0, 2); // revision
  view.setUint16(2, ACL_HEADER_SIZE + entries.reduce((sum, entry) => sum + entry.length, 0), true);
  view.setUint16(4, entries.length, true);
  return joined([header, ...entries]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
