/** Edits a hive in memory: every call happens whole or not at all, and nothing reaches the disk before a commit. */
import { sameBytes } from "../../bytes/same.ts";
import { KEY_NODE } from "../format/key-node.ts";
import type { CellOffset } from "../format/offsets.ts";
import type { Hive } from "../hive.ts";
import { MAX_KEY_DEPTH } from "../limits.ts";
import type { Cells } from "./cells.ts";
import { EditError } from "./edit-error.ts";
import { findSubkey } from "./find-subkey.ts";
import { createSubkey, deleteSubtree } from "./keys.ts";
import { checkValueName, splitKeyPath } from "./names.ts";
import { checkDataSize } from "./value-data.ts";
import { addValue, findValue, holds, removeValue, renameTo, setValueData, valueNameAt } from "./values.ts";

const { fields: KEY } = KEY_NODE;

/**
 * Paths are names with backslashes between them, below the root ("ControlSet001\\Services"); "" is the root. Names are compared without regard to case.
 * Every method throws EditError for what cannot be, HiveError for damage, StorageError for the disk; the hive is as before the call then.
 * Keys and values taken from the hive before a call are stale after it.
 */
export class HiveEdit {
  readonly #hive: Hive;
  readonly #cells: Cells;
  readonly #now: bigint;

  /** `editHive` makes these. All edits of a hive share its cells. */
  constructor(hive: Hive, cells: Cells, now: bigint) {
    this.#hive = hive;
    this.#cells = cells;
    this.#now = now;
  }

  /** Whether anything differs from what the disk holds, replayed logs left aside. */
  get changed(): boolean {
    const { bins } = this.#hive;
    return bins.editedPages().some((page) => {
      const former = bins.pageBeforeEdit(page);
      return former === undefined || !sameBytes(former, bins.page(page));
    });
  }

  /** Makes the value or changes it; "" is the default value. Returns false when it is exactly so already: no byte changes then. */
  setValue(keyPath: string, name: string, type: number, data: Uint8Array): boolean {
    checkValueName(name);
    checkDataSize(data.length, this.#minor);
    return this.#atomically(() => {
      const key = this.#need(keyPath);
      const place = findValue(this.#hive.bins, key, name);
      if (place === undefined) {
        addValue(this.#cells, key, name, type, data, this.#minor);
      } else {
        if (holds(this.#hive.bins, place.cell, type, data, this.#minor)) return false;
        setValueData(this.#cells, key, place.cell, type, data, this.#minor);
      }
      this.#stamp(key);
      return true;
    });
  }

  /** Throws EditError when there is no such value. */
  deleteValue(keyPath: string, name: string): void {
    this.#atomically(() => {
      const key = this.#need(keyPath);
      removeValue(this.#cells, key, this.#needValue(key, keyPath, name), this.#minor);
      this.#stamp(key);
    });
  }

  /** Type, data and place in the list stay. Returns false when that is its name already, to the letter. */
  renameValue(keyPath: string, from: string, to: string): boolean {
    checkValueName(to);
    return this.#atomically(() => {
      const key = this.#need(keyPath);
      const place = this.#needValue(key, keyPath, from);
      const standing = findValue(this.#hive.bins, key, to);
      if (standing !== undefined && standing.cell !== place.cell) {
        throw new EditError("value-exists", `The key "${keyPath}" has a value "${to}" already`);
      }
      if (valueNameAt(this.#hive.bins, place.cell) === to) return false;
      renameTo(this.#cells, key, place, to);
      this.#stamp(key);
      return true;
    });
  }

  /** Makes the key and every key above it that is missing, each with the security of its parent. Returns false when it is there already. */
  createKey(keyPath: string): boolean {
    const names = splitKeyPath(keyPath);
    if (names.length >= MAX_KEY_DEPTH) {
      throw new EditError("key-too-deep", `Keys are nested at most ${MAX_KEY_DEPTH} levels deep`);
    }
    return this.#atomically(() => {
      let key = this.#hive.rootCell;
      let created = false;
      for (const name of names) {
        const found = findSubkey(this.#hive.bins, key, name)?.found;
        if (found === undefined) created = true;
        key = found ?? createSubkey(this.#cells, key, name, this.#now, this.#minor);
      }
      return created;
    });
  }

  /** Deletes the key with everything below it. Throws EditError when it is not there, is the root, or is marked as never to be deleted. */
  deleteKey(keyPath: string): void {
    if (keyPath === "") throw new EditError("protected-key", "The root of a hive cannot be deleted");
    this.#atomically(() => deleteSubtree(this.#cells, this.#need(keyPath), this.#now, this.#minor));
  }

  /** Takes back everything since the hive was opened or last committed. */
  discard(): void {
    this.#hive.bins.discardEdit();
    this.#cells.forget();
  }

  get #minor(): number {
    return this.#hive.version.minor;
  }

  #atomically<T>(edit: () => T): T {
    const before = this.#cells.changeCount;
    try {
      return this.#hive.bins.atomically(edit);
    } catch (error) {
      if (this.#cells.changeCount !== before) this.#cells.forget();
      throw error;
    }
  }

  #need(keyPath: string): CellOffset {
    let key = this.#hive.rootCell;
    for (const name of splitKeyPath(keyPath)) {
      const found = findSubkey(this.#hive.bins, key, name)?.found;
      if (found === undefined) throw new EditError("no-such-key", `There is no key "${keyPath}"`);
      key = found;
    }
    return key;
  }

  #needValue(key: CellOffset, keyPath: string, name: string) {
    const place = findValue(this.#hive.bins, key, name);
    if (place === undefined) throw new EditError("no-such-value", `The key "${keyPath}" has no value "${name}"`);
    return place;
  }

  #stamp(key: CellOffset): void {
    this.#hive.bins.set(key, KEY.lastWritten, this.#now);
  }
}
