/** A key, read when it is asked for: its name, values and subkeys. */
import { decodeUtf16 } from "../../bytes/utf16.ts";
import { ROOT_REFERENCE } from "../format/base-block.ts";
import { KEY_FLAG, KEY_NODE, KEY_NODE_NAME, KEY_NODE_SIGNATURE } from "../format/key-node.ts";
import { type CellOffset, type FileOffset, NIL, toFile } from "../format/offsets.ts";
import { VALUE_LIST_ENTRY } from "../format/value-list.ts";
import { fail } from "../hive-error.ts";
import { MAX_KEY_DEPTH } from "../limits.ts";
import { contentSize } from "./cell-reference.ts";
import type { Mapped } from "./mapped.ts";
import { nameIndexOf } from "./name-index.ts";
import { needName, readName } from "./node-name.ts";
import { needSignature } from "./signature.ts";
import { subkeyCells } from "./subkey-cells.ts";
import { Value } from "./value.ts";
import { valueCount } from "./value-count.ts";

const { fields: KEY } = KEY_NODE;

/** Good until the hive is edited: take it from the root again then. */
export class Key {
  readonly name: string;
  readonly cell: CellOffset;
  readonly #hive: Mapped;
  readonly #parent: Key | undefined;
  readonly #depth: number;

  /** Throws HiveError when there is no sound key at `cell`. `root` of the hive makes the first one; others come from their parents. */
  constructor(hive: Mapped, cell: CellOffset, parent?: Key) {
    this.#hive = hive;
    this.cell = cell;
    this.#parent = parent;
    this.#depth = parent === undefined ? 0 : parent.#depth + 1;
    const { bins } = hive;
    const from = parent === undefined ? ROOT_REFERENCE : parent.at;
    const size = contentSize(bins, cell, KEY_NODE.sizeBytes, { structure: "key", from });
    needSignature(bins, cell, KEY_NODE_SIGNATURE, "key");
    if (parent !== undefined) this.#needParent(parent);
    const compressed = (bins.get(cell, KEY.flags) & KEY_FLAG.compressedName) !== 0;
    const sizeBytes = bins.get(cell, KEY.nameSize);
    const name = { structure: "key", start: KEY_NODE_NAME, sizeBytes, compressed } as const;
    needName(cell, size, name);
    this.name = readName(bins, cell, name);
  }

  /** Names from below the root, with backslashes: "ControlSet001\\Services"; "" is the root. */
  get path(): string {
    const names: string[] = [];
    for (let key: Key = this; key.#parent !== undefined; key = key.#parent) names.push(key.name);
    return names.reverse().join("\\");
  }

  get at(): FileOffset {
    return toFile(this.cell);
  }

  /** FILETIME: 100 ns since 1601. */
  get lastWritten(): bigint {
    return this.#hive.bins.get(this.cell, KEY.lastWritten);
  }

  /** Undefined when the key has none. Throws HiveError when it is not there. */
  get className(): string | undefined {
    const { bins } = this.#hive;
    const size = bins.get(this.cell, KEY.classNameSize);
    const cell = bins.get(this.cell, KEY.className);
    if (size === 0 || cell === NIL) return undefined;
    contentSize(bins, cell, size, { structure: "class name", from: this.at });
    return decodeUtf16(bins.bytes(cell, 0, size));
  }

  /** In the order of the key's lists. Throws HiveError. */
  *subkeys(): Generator<Key> {
    if (this.#depth >= MAX_KEY_DEPTH) fail(this.at, { code: "key-too-deep", deepest: MAX_KEY_DEPTH });
    const met = new Set<CellOffset>();
    for (const cell of subkeyCells(this.#hive.bins, this.cell)) {
      if (met.has(cell)) fail(this.at, { code: "cell-shared", structure: "key", cell });
      met.add(cell);
      yield new Key(this.#hive, cell, this);
    }
  }

  /** By name as Windows compares names: without regard to case. Throws HiveError. */
  subkey(name: string): Key | undefined {
    const cell = nameIndexOf(this.#hive.bins, "subkeys", this.cell, () => this.subkeys()).find(name);
    return cell === undefined ? undefined : new Key(this.#hive, cell, this);
  }

  /** A key below this one: "Services\\Tcpip\\Parameters"; "" is this key itself. Throws HiveError. */
  open(path: string): Key | undefined {
    let key: Key | undefined = this;
    for (const name of path === "" ? [] : path.split("\\")) key = key?.subkey(name);
    return key;
  }

  /** In the order in which they were made. Throws HiveError. */
  *values(): Generator<Value> {
    const { bins } = this.#hive;
    const count = valueCount(bins, this.cell);
    if (count === 0) return;
    const list = bins.get(this.cell, KEY.values);
    contentSize(bins, list, count * VALUE_LIST_ENTRY.sizeBytes, { structure: "value list", from: this.at });
    const met = new Set<CellOffset>();
    for (let index = 0; index < count; index++) {
      const cell = bins.get(list, VALUE_LIST_ENTRY.fields.cell, index * VALUE_LIST_ENTRY.sizeBytes);
      if (met.has(cell)) fail(this.at, { code: "cell-shared", structure: "value", cell });
      met.add(cell);
      yield new Value(this.#hive, cell, toFile(list));
    }
  }

  /** By name, without regard to case; "" is the default value. Throws HiveError. */
  value(name: string): Value | undefined {
    const { bins } = this.#hive;
    const cell = nameIndexOf(bins, "values", this.cell, () => this.values()).find(name);
    return cell === undefined ? undefined : new Value(this.#hive, cell, toFile(bins.get(this.cell, KEY.values)));
  }

  /** Only its own parent may list a key, and nobody the root: that is what keeps a walk through a damaged hive from going in circles. */
  #needParent(parent: Key): void {
    const declared = this.#hive.bins.get(this.cell, KEY.parent);
    if (this.cell === this.#hive.rootCell) fail(parent.at, { code: "cell-shared", structure: "key", cell: this.cell });
    if (declared !== parent.cell) fail(this.at, { code: "wrong-parent", declared, actual: parent.cell });
  }
}
