/** Writes a hive cell by cell, believing whatever it is told: for hives that no editor would make. */
import {
  BASE_BLOCK_HEADER,
  BASE_BLOCK_SIGNATURE,
  baseBlockChecksum,
  FILE_FORMAT,
} from "../../../src/regf/format/base-block.ts";
import { BIN_HEADER, BIN_SIGNATURE } from "../../../src/regf/format/bin.ts";
import { CELL_HEADER_SIZE } from "../../../src/regf/format/cell.ts";
import { nameHash } from "../../../src/regf/format/key-name.ts";
import {
  KEY_FLAG,
  KEY_NODE,
  KEY_NODE_NAME,
  KEY_NODE_SIGNATURE,
  ROOT_FLAGS,
} from "../../../src/regf/format/key-node.ts";
import { type CellOffset, HIVE_BINS_START, NIL } from "../../../src/regf/format/offsets.ts";
import { SECURITY, SECURITY_DESCRIPTOR, SECURITY_SIGNATURE } from "../../../src/regf/format/security.ts";
import { SUBKEY_LIST_HEADER, type SubkeyListKind } from "../../../src/regf/format/subkey-list.ts";
import {
  DATA_INLINE,
  VALUE_FLAG,
  VALUE_NODE,
  VALUE_NODE_NAME,
  VALUE_NODE_SIGNATURE,
} from "../../../src/regf/format/value-node.ts";
import { defaultSecurityDescriptor } from "../../../src/regf/build/security-descriptor.ts";

type KeyFields = Parameters<typeof KEY_NODE.encode>[2];
type ValueFields = Parameters<typeof VALUE_NODE.encode>[2];

/** Names are Latin-1. All cells are in one bin. */
export class RawHive {
  readonly root: CellOffset;
  readonly security: CellOffset;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #minor: 3 | 5;
  #end: number = HIVE_BINS_START + BIN_HEADER.sizeBytes;
  #keyCount = 0;

  /** `sizeBytes` of the file; a multiple of 4096. */
  constructor(sizeBytes: number, minor: 3 | 5 = 5) {
    this.#bytes = Buffer.alloc(sizeBytes);
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, sizeBytes);
    this.#minor = minor;
    const descriptor = defaultSecurityDescriptor();
    this.security = this.cell(SECURITY_DESCRIPTOR + descriptor.length);
    this.#bytes.set(descriptor, this.#at(this.security) + SECURITY_DESCRIPTOR);
    this.root = this.key(NIL, "ROOT", { flags: ROOT_FLAGS });
  }

  /** Bytes that are left for cells. */
  get room(): number {
    return this.#bytes.length - this.#end - 64;
  }

  /** A cell in use for so many bytes. */
  cell(contentSize: number): CellOffset {
    const size = Math.ceil((contentSize + CELL_HEADER_SIZE) / 8) * 8;
    if (size > this.#bytes.length - this.#end) throw new Error("the raw hive is full");
    const cell = this.#end - HIVE_BINS_START;
    this.#view.setInt32(this.#end, -size, true);
    this.#end += size;
    return cell as CellOffset;
  }

  key(parent: CellOffset, name: string, fields: KeyFields = {}): CellOffset {
    const cell = this.cell(KEY_NODE_NAME + name.length);
    KEY_NODE.encode(this.#view, this.#at(cell), {
      signature: KEY_NODE_SIGNATURE,
      flags: KEY_FLAG.compressedName,
      parent,
      subkeys: NIL,
      volatileSubkeys: NIL,
      values: NIL,
      security: this.security,
      className: NIL,
      longestSubkeyName: 510,
      longestSubkeyClass: 0xffff,
      longestValueName: 0xffff,
      largestValueData: 0x7fff_ffff,
      nameSize: name.length,
      ...fields,
    });
    this.#bytes.write(name, this.#at(cell) + KEY_NODE_NAME, "latin1");
    this.#keyCount++;
    return cell;
  }

  setKey(key: CellOffset, fields: KeyFields): void {
    KEY_NODE.encode(this.#view, this.#at(key), fields);
  }

  /** Without data, unless the fields say otherwise. */
  value(name: string, fields: ValueFields = {}): CellOffset {
    const cell = this.cell(VALUE_NODE_NAME + name.length);
    this.valueAt(cell, name.length, fields);
    this.#bytes.write(name, this.#at(cell) + VALUE_NODE_NAME, "latin1");
    return cell;
  }

  /** Over whatever is there: values that overlap. */
  valueAt(cell: CellOffset, nameSize: number, fields: ValueFields = {}): void {
    VALUE_NODE.encode(this.#view, this.#at(cell), {
      signature: VALUE_NODE_SIGNATURE,
      nameSize,
      dataSize: DATA_INLINE,
      flags: nameSize > 0 ? VALUE_FLAG.compressedName : 0,
      ...fields,
    });
  }

  /** The size of a cell, over whatever is there. */
  cellAt(cell: CellOffset, contentSize: number): void {
    this.#view.setInt32(this.#at(cell) - CELL_HEADER_SIZE, -(contentSize + CELL_HEADER_SIZE), true);
  }

  /** A cell with numbers in it: a value list, or a list of segments. */
  numbers(numbers: readonly number[]): CellOffset {
    const cell = this.cell(numbers.length * 4);
    numbers.forEach((number, index) => {
      this.setNumber(cell, index * 4, number);
    });
    return cell;
  }

  setNumber(cell: CellOffset, from: number, number: number): void {
    this.#view.setUint32(this.#at(cell) + from, number, true);
  }

  /** `names` for the hashes of an `lh`. */
  list(kind: SubkeyListKind, cells: readonly number[], names: readonly string[] = []): CellOffset {
    const entrySize = kind === "lf" || kind === "lh" ? 8 : 4;
    const list = this.cell(SUBKEY_LIST_HEADER.sizeBytes + cells.length * entrySize);
    SUBKEY_LIST_HEADER.encode(this.#view, this.#at(list), { signature: kind, count: cells.length });
    cells.forEach((cell, index) => {
      this.setNumber(list, 4 + index * entrySize, cell);
      if (kind === "lh") this.setNumber(list, 8 + index * entrySize, nameHash(names[index] ?? ""));
    });
    return list;
  }

  /** What is left is one free cell. The descriptor counts all keys. */
  finish(): Uint8Array {
    const left = this.#bytes.length - this.#end;
    if (left > 0) this.#view.setInt32(this.#end, left, true);
    const size = this.#bytes.length - HIVE_BINS_START;
    BIN_HEADER.encode(this.#view, HIVE_BINS_START, { signature: BIN_SIGNATURE, sizeBytes: size });
    SECURITY.encode(this.#view, this.#at(this.security), {
      signature: SECURITY_SIGNATURE,
      next: this.security,
      previous: this.security,
      referenceCount: this.#keyCount,
      descriptorSize: defaultSecurityDescriptor().length,
    });
    BASE_BLOCK_HEADER.encode(this.#view, 0, {
      signature: BASE_BLOCK_SIGNATURE,
      primarySequence: 1,
      secondarySequence: 1,
      major: 1,
      minor: this.#minor,
      fileFormat: FILE_FORMAT,
      rootCell: this.root,
      hiveBinsSize: size,
      clusteringFactor: 1,
    });
    BASE_BLOCK_HEADER.fields.checksum.set(this.#view, 0, baseBlockChecksum(this.#view));
    return this.#bytes;
  }

  #at(cell: CellOffset): number {
    return HIVE_BINS_START + cell + CELL_HEADER_SIZE;
  }
}
