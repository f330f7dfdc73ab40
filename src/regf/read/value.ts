/** A value of a key, read when it is asked for. */
import type { Bins } from "../bins.ts";
import { type CellOffset, type FileOffset, toFile } from "../format/offsets.ts";
import { VALUE_FLAG, VALUE_NODE, VALUE_NODE_NAME, VALUE_NODE_SIGNATURE } from "../format/value-node.ts";
import { contentSize } from "./cell-reference.ts";
import type { Mapped } from "./mapped.ts";
import { needName, readName } from "./node-name.ts";
import { needSignature } from "./signature.ts";
import { valueData, valueDataSize } from "./value-data.ts";

const { fields: VALUE } = VALUE_NODE;

/** Good until the hive is edited: take it from its key again then. */
export class Value {
  /** "" is the default value. */
  readonly name: string;
  readonly cell: CellOffset;
  readonly #hive: Mapped;

  /** `from` is the cell of the list that names it. Throws HiveError when there is no sound value at `cell`. */
  constructor(hive: Mapped, cell: CellOffset, from: FileOffset) {
    this.#hive = hive;
    this.cell = cell;
    const { bins } = hive;
    const size = contentSize(bins, cell, VALUE_NODE.sizeBytes, { structure: "value", from });
    needSignature(bins, cell, VALUE_NODE_SIGNATURE, "value");
    const name = valueNameField(bins, cell);
    needName(cell, size, name);
    this.name = readName(bins, cell, name);
  }

  get at(): FileOffset {
    return toFile(this.cell);
  }

  /** As stored, unknown types included: device properties use 0xFFFF0000 and up. */
  get type(): number {
    return this.#hive.bins.get(this.cell, VALUE.type);
  }

  /** Bytes of data, as the value states it. */
  get sizeBytes(): number {
    return valueDataSize(this.#hive.bins, this.cell);
  }

  /** A copy of the bytes. Throws HiveError when they are not there. */
  get data(): Uint8Array {
    return valueData(this.#hive.bins, this.cell, this.#hive.version.minor);
  }
}

function valueNameField(bins: Bins, cell: CellOffset) {
  const compressed = (bins.get(cell, VALUE.flags) & VALUE_FLAG.compressedName) !== 0;
  return { structure: "value", start: VALUE_NODE_NAME, sizeBytes: bins.get(cell, VALUE.nameSize), compressed } as const;
}
