/** A self-relative security descriptor, which an `sk` holds: its header, the identities and lists that it leads to, and their entries. */
import { u8, u16, u32 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";

/** The only `revision` there is, of descriptors and of identities alike. */
export const SECURITY_REVISION = 1;

/** Bits of `control`. */
export const DESCRIPTOR_CONTROL = {
  accessListPresent: 0x0004,
  auditListPresent: 0x0010,
  selfRelative: 0x8000,
} as const;

/** [MS-DTYP] 2.4.6. Offsets count from the header's first byte; 0: there is none. */
// biome-ignore format: the columns are the documentation
export const DESCRIPTOR_HEADER = layout("security descriptor", 20, {
  revision:   at(0x00, u8),
  reserved:   at(0x01, u8),
  control:    at(0x02, u16),
  owner:      at(0x04, u32),  // an identity
  group:      at(0x08, u32),  // an identity
  auditList:  at(0x0c, u32),  // the SACL
  accessList: at(0x10, u32),  // the DACL
});

/** The most parts that an identity has after its authority. */
export const IDENTITY_PARTS_MAX = 15;

export const IDENTITY_PART_SIZE = 4;

/** A SID, [MS-DTYP] 2.4.2; the parts follow it. */
// biome-ignore format: the columns are the documentation
export const IDENTITY_HEADER = layout("identity", 8, {
  revision:      at(0x00, u8),
  partCount:     at(0x01, u8),
  authorityHigh: at(0x02, u16),  // six bytes, big-endian
  authorityLow:  at(0x04, u32),
});

/** What `revision` of a list can be: from 2; 4 where entries name objects. */
export const LIST_REVISION = { lowest: 2, highest: 4 } as const;

/** An ACL, [MS-DTYP] 2.4.5; its entries follow it. */
// biome-ignore format: the columns are the documentation
export const LIST_HEADER = layout("access list", 8, {
  revision:   at(0x00, u8),
  reserved:   at(0x01, u8),
  sizeBytes:  at(0x02, u16),  // with this header; there may be room behind the last entry
  entryCount: at(0x04, u16),
  reserved2:  at(0x06, u16),
});

/** Types of entries that consist of a mask and an identity: allowed, denied, audit, alarm; and the integrity label. */
export const PLAIN_ENTRY_TYPES: ReadonlySet<number> = new Set([0x00, 0x01, 0x02, 0x03, 0x11]);

/** What is common to all entries (ACEs), [MS-DTYP] 2.4.4.1. */
// biome-ignore format: the columns are the documentation
export const ENTRY_HEADER = layout("access entry", 4, {
  type:      at(0x00, u8),
  flags:     at(0x01, u8),
  sizeBytes: at(0x02, u16),  // with this header
});

/** The mask that follows the header of a plain entry; the identity follows the mask. */
export const ENTRY_MASK = at(ENTRY_HEADER.sizeBytes, u32);
