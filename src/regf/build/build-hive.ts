/** Makes an empty hive from nothing: one bin with a root key and its security descriptor. */
import { encodeUtf16 } from "../../bytes/utf16.ts";
import { Bins } from "../bins.ts";
import { Cells } from "../edit/cells.ts";
import {
  BASE_BLOCK_HEADER,
  BASE_BLOCK_SIGNATURE,
  BASE_BLOCK_SIZE,
  baseBlockChecksum,
  FILE_FORMAT,
  FILE_TYPE,
  MANAGER_SIGNATURE,
} from "../format/base-block.ts";
import { BIN_HEADER } from "../format/bin.ts";
import { encodeName } from "../format/key-name.ts";
import { KEY_NODE, KEY_NODE_NAME, KEY_NODE_SIGNATURE, ROOT_FLAGS } from "../format/key-node.ts";
import { type CellOffset, NIL } from "../format/offsets.ts";
import { SECURITY, SECURITY_DESCRIPTOR, SECURITY_SIGNATURE } from "../format/security.ts";
import { HeldBytes } from "../held-bytes.ts";
import type { Hive } from "../hive.ts";
import { openHive } from "../open.ts";
import { defaultSecurityDescriptor } from "./security-descriptor.ts";

export interface BuildOptions {
  /** 3: Windows NT 4 and 2000, and most hives before Vista; 5: XP and later. */
  readonly minor: 3 | 5;
  /** What the base block calls the file, for debugging only; of a longer one its end. */
  readonly name?: string;
  /** FILETIME for the header, the first bin and the root key. The same options always make the same bytes. */
  readonly timestamp?: bigint;
}

/** Of the root key; nobody looks it up. */
const ROOT_NAME = "ROOT";

/** Sequence of a hive that was written once. */
const FIRST_SEQUENCE = 1;

/** Edit it with `editHive`, and take its bytes with `hiveBytes`. */
export function buildHive({ minor, name = "", timestamp = 0n }: BuildOptions): Hive {
  const bins = new Bins(undefined, 0);
  const rootCell = buildRoot(new Cells(bins), timestamp);
  bins.setBin(0 as CellOffset, BIN_HEADER.fields.lastWritten, timestamp);
  const bytes = new Uint8Array(BASE_BLOCK_SIZE + bins.sizeBytes);
  bytes.set(bins.raw(0, bins.sizeBytes), BASE_BLOCK_SIZE);
  const header = new DataView(bytes.buffer);
  BASE_BLOCK_HEADER.encode(header, 0, {
    signature: BASE_BLOCK_SIGNATURE,
    primarySequence: FIRST_SEQUENCE,
    secondarySequence: FIRST_SEQUENCE,
    lastWritten: timestamp,
    major: 1,
    minor,
    fileType: FILE_TYPE.primary,
    fileFormat: FILE_FORMAT,
    rootCell,
    hiveBinsSize: bins.sizeBytes,
    clusteringFactor: 1,
    fileName: fileNameField(name),
    managerSignature: MANAGER_SIGNATURE,
  });
  BASE_BLOCK_HEADER.fields.checksum.set(header, 0, baseBlockChecksum(header));
  return openHive({ primary: new HeldBytes("the new hive", bytes), logs: [] });
}

/** 64 bytes of UTF-16 that end in a zero. */
function fileNameField(name: string): Uint8Array {
  const field = new Uint8Array(64);
  field.set(encodeUtf16(name.slice(-31)));
  return field;
}

function buildRoot(cells: Cells, timestamp: bigint): CellOffset {
  const { bytes } = encodeName(ROOT_NAME);
  const content = new Uint8Array(KEY_NODE_NAME + bytes.length);
  KEY_NODE.encode(new DataView(content.buffer), 0, {
    signature: KEY_NODE_SIGNATURE,
    flags: ROOT_FLAGS,
    lastWritten: timestamp,
    parent: NIL,
    subkeys: NIL,
    volatileSubkeys: NIL,
    values: NIL,
    className: NIL,
    nameSize: bytes.length,
  });
  content.set(bytes, KEY_NODE_NAME);
  const root = cells.allocateFor(content);
  cells.bins.set(root, KEY_NODE.fields.security, buildSecurity(cells));
  return root;
}

/** The only one of the hive: a ring of one. */
function buildSecurity(cells: Cells): CellOffset {
  const descriptor = defaultSecurityDescriptor();
  const content = new Uint8Array(SECURITY_DESCRIPTOR + descriptor.length);
  SECURITY.encode(new DataView(content.buffer), 0, {
    signature: SECURITY_SIGNATURE,
    referenceCount: 1,
    descriptorSize: descriptor.length,
  });
  content.set(descriptor, SECURITY_DESCRIPTOR);
  const security = cells.allocateFor(content);
  cells.bins.set(security, SECURITY.fields.next, security);
  cells.bins.set(security, SECURITY.fields.previous, security);
  return security;
}
