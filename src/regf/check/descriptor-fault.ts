/** Whether bytes are a self-relative security descriptor, as RtlValidRelativeSecurityDescriptor is documented to look at them. */
import {
  DESCRIPTOR_CONTROL,
  DESCRIPTOR_HEADER,
  ENTRY_HEADER,
  ENTRY_MASK,
  IDENTITY_HEADER,
  IDENTITY_PART_SIZE,
  IDENTITY_PARTS_MAX,
  LIST_HEADER,
  LIST_REVISION,
  PLAIN_ENTRY_TYPES,
  SECURITY_REVISION,
} from "../format/security-descriptor.ts";

const { fields: HEADER } = DESCRIPTOR_HEADER;
const { fields: IDENTITY } = IDENTITY_HEADER;
const { fields: LIST } = LIST_HEADER;
const { fields: ENTRY } = ENTRY_HEADER;

/** Every part begins at a multiple of this. */
const ALIGNMENT = 4;

export interface DescriptorFault {
  readonly part: string;
  /** What follows the part's name in a sentence. */
  readonly reason: string;
}

/** The first fault; undefined for a valid descriptor. Owner, group and lists may be missing: an offset of 0. */
export function descriptorFault(bytes: Uint8Array): DescriptorFault | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const faultOf = (part: string, reason: string | undefined) => (reason === undefined ? undefined : { part, reason });
  return (
    faultOf("the header", headerFault(view)) ??
    faultOf("the owner", partFault(view, HEADER.owner.get(view, 0), identityFault)) ??
    faultOf("the group", partFault(view, HEADER.group.get(view, 0), identityFault)) ??
    faultOf("the SACL", partFault(view, listAt(view, HEADER.auditList, "auditListPresent"), listFault)) ??
    faultOf("the DACL", partFault(view, listAt(view, HEADER.accessList, "accessListPresent"), listFault))
  );
}

/** An offset counts only where the control bits say that the list is present. */
function listAt(
  view: DataView,
  field: typeof HEADER.accessList,
  present: "auditListPresent" | "accessListPresent",
): number {
  return (HEADER.control.get(view, 0) & DESCRIPTOR_CONTROL[present]) === 0 ? 0 : field.get(view, 0);
}

function headerFault(view: DataView): string | undefined {
  if (view.byteLength < DESCRIPTOR_HEADER.sizeBytes) {
    return `needs ${DESCRIPTOR_HEADER.sizeBytes} bytes, and has ${view.byteLength}`;
  }
  const revision = HEADER.revision.get(view, 0);
  if (revision !== SECURITY_REVISION) return `has revision ${revision} instead of ${SECURITY_REVISION}`;
  const isSelfRelative = (HEADER.control.get(view, 0) & DESCRIPTOR_CONTROL.selfRelative) !== 0;
  return isSelfRelative ? undefined : "is not marked as self-relative";
}

type PartCheck = (view: DataView, start: number, end: number) => string | undefined;

function partFault(view: DataView, start: number, check: PartCheck): string | undefined {
  if (start === 0) return undefined;
  if (start < DESCRIPTOR_HEADER.sizeBytes) return "begins inside the header";
  if (start % ALIGNMENT !== 0) return `does not begin at a multiple of ${ALIGNMENT}`;
  return check(view, start, view.byteLength);
}

function identityFault(view: DataView, start: number, end: number): string | undefined {
  if (end - start < IDENTITY_HEADER.sizeBytes) return "leaves the descriptor";
  const revision = IDENTITY.revision.get(view, start);
  if (revision !== SECURITY_REVISION) return `is an identity of revision ${revision} instead of ${SECURITY_REVISION}`;
  const count = IDENTITY.partCount.get(view, start);
  if (count > IDENTITY_PARTS_MAX) return `is an identity of ${count} parts, where ${IDENTITY_PARTS_MAX} are allowed`;
  return end - start < IDENTITY_HEADER.sizeBytes + count * IDENTITY_PART_SIZE ? "leaves the descriptor" : undefined;
}

function listFault(view: DataView, start: number, end: number): string | undefined {
  if (end - start < LIST_HEADER.sizeBytes) return "leaves the descriptor";
  const revision = LIST.revision.get(view, start);
  if (revision < LIST_REVISION.lowest || revision > LIST_REVISION.highest) return `has revision ${revision}`;
  const size = LIST.sizeBytes.get(view, start);
  if (size < LIST_HEADER.sizeBytes) return `has ${size} bytes, which is less than its header`;
  if (size > end - start) return "leaves the descriptor";
  const listEnd = start + size;
  let entry = start + LIST_HEADER.sizeBytes;
  for (let left = LIST.entryCount.get(view, start); left > 0; left--) {
    const fault = entryFault(view, entry, listEnd);
    if (fault !== undefined) return fault;
    entry += ENTRY.sizeBytes.get(view, entry);
  }
  return undefined;
}

/** NT 4 leaves room behind the identity of an entry. */
function entryFault(view: DataView, start: number, end: number): string | undefined {
  if (end - start < ENTRY_HEADER.sizeBytes) return "has more entries than there is room for";
  const size = ENTRY.sizeBytes.get(view, start);
  if (size < ENTRY_HEADER.sizeBytes) return `has an entry of ${size} bytes, which is less than its header`;
  if (size % ALIGNMENT !== 0) return `has an entry of ${size} bytes, which is not a multiple of ${ALIGNMENT}`;
  if (size > end - start) return "has an entry that leaves it";
  if (!PLAIN_ENTRY_TYPES.has(ENTRY.type.get(view, start))) return undefined;
  const identity = identityFault(view, start + ENTRY_HEADER.sizeBytes + ENTRY_MASK.sizeBytes, start + size);
  return identity === undefined ? undefined : "has an entry whose identity is not valid";
}
