/** The security descriptor that the root of a new hive gets, and its subkeys inherit. */
import {
  DESCRIPTOR_CONTROL,
  DESCRIPTOR_HEADER,
  ENTRY_HEADER,
  ENTRY_MASK,
  IDENTITY_HEADER,
  IDENTITY_PART_SIZE,
  LIST_HEADER,
  LIST_REVISION,
  SECURITY_REVISION,
} from "../format/security-descriptor.ts";

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

/** The authority "NT", 5, is the last of six bytes, big-endian. */
const NT_AUTHORITY = 0x0500_0000;

/** Owner Administrators, group SYSTEM; full control for both, read for Users. */
export function defaultSecurityDescriptor(): Uint8Array {
  const owner = identity(ADMINISTRATORS);
  const group = identity(SYSTEM);
  const list = accessList([
    accessEntry(FULL_CONTROL, SYSTEM),
    accessEntry(FULL_CONTROL, ADMINISTRATORS),
    accessEntry(READ, USERS),
  ]);
  const header = new Uint8Array(DESCRIPTOR_HEADER.sizeBytes);
  const accessListAt = header.length;
  DESCRIPTOR_HEADER.encode(viewOf(header), 0, {
    revision: SECURITY_REVISION,
    control: DESCRIPTOR_CONTROL.selfRelative | DESCRIPTOR_CONTROL.accessListPresent,
    owner: accessListAt + list.length,
    group: accessListAt + list.length + owner.length,
    accessList: accessListAt,
  });
  return joined([header, list, owner, group]);
}

function identity(parts: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(IDENTITY_HEADER.sizeBytes + parts.length * IDENTITY_PART_SIZE);
  const view = viewOf(bytes);
  IDENTITY_HEADER.encode(view, 0, {
    revision: SECURITY_REVISION,
    partCount: parts.length,
    authorityLow: NT_AUTHORITY,
  });
  parts.forEach((part, index) => {
    view.setUint32(IDENTITY_HEADER.sizeBytes + index * IDENTITY_PART_SIZE, part, true);
  });
  return bytes;
}

function accessEntry(mask: number, who: readonly number[]): Uint8Array {
  const identifier = identity(who);
  const header = new Uint8Array(ENTRY_HEADER.sizeBytes + ENTRY_MASK.sizeBytes);
  const view = viewOf(header);
  const sizeBytes = header.length + identifier.length;
  ENTRY_HEADER.encode(view, 0, { type: ALLOW, flags: INHERITED_BY_SUBKEYS, sizeBytes });
  ENTRY_MASK.set(view, 0, mask);
  return joined([header, identifier]);
}

function accessList(entries: readonly Uint8Array[]): Uint8Array {
  const header = new Uint8Array(LIST_HEADER.sizeBytes);
  LIST_HEADER.encode(viewOf(header), 0, {
    revision: LIST_REVISION.lowest,
    sizeBytes: LIST_HEADER.sizeBytes + entries.reduce((sum, entry) => sum + entry.length, 0),
    entryCount: entries.length,
  });
  return joined([header, ...entries]);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
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
