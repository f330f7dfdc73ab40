/** What two states of a hive differ in, as keys and values: counted, and the first of them named. */
import { sameBytes } from "../../bytes/same.ts";
import { upcase } from "../../bytes/upcase.ts";
import { KEY_NODE } from "../format/key-node.ts";
import { VALUE_NODE } from "../format/value-node.ts";
import { MAX_LISTED_DIFFERENCES } from "../limits.ts";
import type { Key } from "./key.ts";
import type { Value } from "./value.ts";

export type DifferenceKind = "key-added" | "key-removed" | "value-added" | "value-removed" | "value-changed";

export interface TreeDifference {
  /** With all keys below them. */
  readonly keysAdded: number;
  readonly keysRemoved: number;
  /** Those of added and removed keys included. */
  readonly valuesAdded: number;
  readonly valuesRemoved: number;
  /** Another type, or other data. */
  readonly valuesChanged: number;
  /** Of an added or removed key only itself, not what is below it; of values none of such keys. At most MAX_LISTED_DIFFERENCES. */
  readonly listed: readonly ListedDifference[];
}

export interface ListedDifference {
  readonly kind: DifferenceKind;
  readonly key: string;
  /** Of the value. */
  readonly name?: string;
}

/** `budgetBytes` bounds the keys, values and data that are read, repetitions included; undefined when it is too little. Throws HiveError. */
export function differenceOf(before: Key, after: Key, budgetBytes: number): TreeDifference | undefined {
  const comparison = new Comparison(budgetBytes);
  comparison.compare(before, after);
  return comparison.result();
}

class Comparison {
  #budgetBytes: number;
  readonly #counts = { keysAdded: 0, keysRemoved: 0, valuesAdded: 0, valuesRemoved: 0, valuesChanged: 0 };
  readonly #listed: ListedDifference[] = [];

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  result(): TreeDifference | undefined {
    return this.#isSpent() ? undefined : { ...this.#counts, listed: this.#listed };
  }

  compare(before: Key, after: Key): void {
    const waiting: [Key, Key][] = [[before, after]];
    for (let pair = waiting.pop(); pair !== undefined && !this.#isSpent(); pair = waiting.pop()) {
      const [then, now] = pair;
      this.#compareValues(then, now);
      const former = this.#subkeys(then);
      for (const [id, subkey] of this.#subkeys(now)) {
        const standing = former.get(id);
        former.delete(id);
        if (standing === undefined) this.#countTree(subkey, "key-added");
        else waiting.push([standing, subkey]);
      }
      for (const subkey of former.values()) this.#countTree(subkey, "key-removed");
    }
  }

  #compareValues(then: Key, now: Key): void {
    const former = this.#values(then);
    for (const [id, value] of this.#values(now)) {
      const standing = former.get(id);
      former.delete(id);
      if (standing === undefined) this.#countValue(now, value, "value-added", "valuesAdded");
      else if (!this.#same(standing, value)) this.#countValue(now, value, "value-changed", "valuesChanged");
    }
    for (const value of former.values()) this.#countValue(then, value, "value-removed", "valuesRemoved");
  }

  #same(then: Value, now: Value): boolean {
    if (then.type !== now.type || then.sizeBytes !== now.sizeBytes) return false;
    this.#budgetBytes -= 2 * now.sizeBytes;
    return this.#isSpent() || sameBytes(then.data, now.data);
  }

  #countTree(top: Key, kind: "key-added" | "key-removed"): void {
    this.#list({ kind, key: top.path });
    const waiting = [top];
    for (let key = waiting.pop(); key !== undefined && !this.#isSpent(); key = waiting.pop()) {
      const values = this.#values(key).size;
      this.#counts[kind === "key-added" ? "keysAdded" : "keysRemoved"]++;
      this.#counts[kind === "key-added" ? "valuesAdded" : "valuesRemoved"] += values;
      waiting.push(...this.#subkeys(key).values());
    }
  }

  #countValue(
    key: Key,
    { name }: Value,
    kind: DifferenceKind,
    count: "valuesAdded" | "valuesRemoved" | "valuesChanged",
  ) {
    this.#counts[count]++;
    this.#list({ kind, key: key.path, name });
  }

  #list(difference: ListedDifference): void {
    if (this.#listed.length < MAX_LISTED_DIFFERENCES) this.#listed.push(difference);
  }

  #subkeys(key: Key): Map<string, Key> {
    return this.#named(key.subkeys(), KEY_NODE.sizeBytes);
  }

  #values(key: Key): Map<string, Value> {
    return this.#named(key.values(), VALUE_NODE.sizeBytes);
  }

  #named<T extends { readonly name: string }>(items: Iterable<T>, sizeBytes: number): Map<string, T> {
    const named = new Map<string, T>();
    for (const item of items) {
      this.#budgetBytes -= sizeBytes;
      if (this.#isSpent()) break;
      named.set(upcase(item.name), item);
    }
    return named;
  }

  #isSpent(): boolean {
    return this.#budgetBytes < 0;
  }
}
