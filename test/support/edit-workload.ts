/** Long runs of edits that go where the hive is: names of all of Unicode's first plane, data across every threshold, lists that fill and empty. */
import { REGISTRY_TYPES } from "../../src/notation/registry-data.ts";
import { type Action, bytesOf, createKey, deleteKey, deleteValue, renameValue, setValue } from "./edit-actions.ts";
import type { HiveModel } from "./hive-model.ts";
import type { Random } from "./random.ts";
import { WINDOWS_NAMES } from "./windows-names.ts";

export interface WorkloadOptions {
  /** "printable": names that the witnesses can print and we can read back; "any": lone surrogates, control characters and U+0000 too. */
  readonly names: "any" | "printable";
  /** Bytes of data. */
  readonly largest: number;
  /** Where the siblings come and go; it stays a key. */
  readonly crowd: string;
}

/** Where leaves are split and lists change their kind, from below and above: 506 and 1012, and an `ri` of three leaves. */
const CROWDS = [5, 506, 507, 505, 1012, 1013, 1011, 1700, 2300, 1300, 1012, 507, 506, 100, 0, 1, 0, 600, 0] as const;

/** Inline, one cell, one and more segments, each from both sides. */
const SIZES = [
  0, 1, 2, 3, 4, 5, 8, 12, 13, 100, 101, 1000, 4056, 4057, 4060, 4064, 4096, 8000, 16_343, 16_344, 16_345, 16_348,
  20_000, 32_687, 32_688, 32_689, 49_032, 49_033, 100_000, 163_440, 163_441,
] as const;

const TYPES = [...Object.values(REGISTRY_TYPES), 12, 0x1234_5678, 0xffff_0012, 0xffff_ffff];

/** The next edits depend on what is there, so that most of them can be done. */
export class Workload {
  readonly #random: Random;
  readonly #model: HiveModel;
  readonly #options: WorkloadOptions;
  #stage = 0;

  /** `model` is what the hive holds; whoever performs the actions keeps it true. */
  constructor(random: Random, model: HiveModel, options: WorkloadOptions) {
    this.#random = random;
    this.#model = model;
    this.#options = options;
  }

  /** How often the crowd has a new size to grow or shrink to. */
  static readonly stages = CROWDS.length;

  /** Brings the crowd to its next size, with other edits in between; ends when it is reached. */
  *nextStage(): Generator<Action> {
    const wanted = CROWDS[this.#stage++ % CROWDS.length] as number;
    const { crowd } = this.#options;
    yield createKey(crowd);
    for (let there = this.#crowd(); there.length !== wanted; there = this.#crowd()) {
      if (there.length < wanted) yield createKey(`${crowd}\\${this.#newName()}`);
      else yield deleteKey(`${crowd}\\${this.#random.pick(there)}`);
      if (this.#random.once(3)) yield this.any();
    }
  }

  /** One edit, not of the crowd's number. */
  any(): Action {
    const random = this.#random;
    const key = this.#somePath();
    const kind = random.below(20);
    if (kind < 9) return setValue(key, this.#valueName(key), random.pick(TYPES), this.#data());
    if (kind < 12) return deleteValue(key, this.#valueName(key));
    if (kind < 14) return renameValue(key, this.#valueName(key), this.#valueName(key));
    if (kind < 18) return createKey(this.#below(key));
    // A key near the top would take all with it.
    return deleteKey(key.split("\\").length > 1 && !this.#isCrowd(key) ? key : this.#below(key));
  }

  #crowd(): readonly string[] {
    return this.#model.subkeyNames(this.#options.crowd);
  }

  #isCrowd(path: string): boolean {
    const { crowd } = this.#options;
    return path === crowd || path.startsWith(`${crowd}\\`) || crowd.startsWith(path);
  }

  /** Of a key that is there, mostly; in another case, sometimes. */
  #somePath(): string {
    let path = "";
    for (let names = this.#model.subkeyNames(path); names.length > 0; names = this.#model.subkeyNames(path)) {
      if (this.#random.once(path === "" ? 30 : 3)) break;
      const name = this.#random.pick(names);
      path = path === "" ? name : `${path}\\${name}`;
    }
    if (this.#random.once(40)) return this.#below(path);
    return this.#random.once(10) ? inOtherCase(path) : path;
  }

  /** One or two levels below, not in the crowd: its number is the stages' business. */
  #below(path: string): string {
    const base = path === this.#options.crowd || path === "" ? `other ${this.#random.below(5)}` : path;
    const one = `${base}\\${this.#newName()}`;
    return this.#random.once(4) ? `${one}\\${this.#newName()}` : one;
  }

  #valueName(path: string): string {
    const names = this.#model.valueNames(path);
    if (names.length > 0 && !this.#random.once(3)) {
      const name = this.#random.pick(names);
      return this.#random.once(8) ? inOtherCase(name) : name;
    }
    if (this.#random.once(12)) return "";
    if (this.#random.once(20)) return this.#name(300, 700);
    return this.#random.once(300) ? this.#name(16_000, 16_383) : this.#name(1, 20);
  }

  #newName(): string {
    return this.#random.once(50) ? this.#name(254, 255) : this.#name(1, 12);
  }

  /** No backslash: it would be a path. */
  #name(least: number, most: number): string {
    const random = this.#random;
    if (most <= 20 && random.once(3)) {
      const name = random.pick(WINDOWS_NAMES)[random.between(1, 2)] as string;
      return isPrintable(name) || this.#options.names === "any" ? `${name}${random.below(30)}` : "plain";
    }
    const unit = random.pick(
      this.#options.names === "any" ? [ascii, latin, plane] : [ascii, printableLatin, printable],
    );
    return Array.from({ length: random.between(least, most) }, () => unit(random)).join("");
  }

  #data(): Uint8Array {
    const random = this.#random;
    const small = random.once(2) ? random.below(300) : random.pick(SIZES.slice(0, 12));
    const size = random.once(5) ? random.pick(SIZES) : small;
    return bytesOf(Math.min(size, this.#options.largest), random.below(256));
  }
}

function inOtherCase(text: string): string {
  // Only letters about which everybody agrees: what Windows thinks of the others is the model's business.
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

const character = (unit: number): string => (unit === 0x5c ? "/" : String.fromCharCode(unit));
const ascii = (random: Random): string => character(random.between(0x20, 0x7e));
const latin = (random: Random): string => character(random.between(1, 0xff));
const plane = (random: Random): string => character(random.below(0x1_0000));
/** Two of these are never UTF-8: hivexregedit prints a line as Latin-1 or as UTF-8, and does not say which. */
const printableLatin = (random: Random): string => character(random.between(0xe0, 0xff));
const printable = (random: Random): string => {
  // Letters: Greek, Cyrillic, Armenian, Georgian, Cherokee, Greek extended, Kana, Han, Hangul, fullwidth.
  const [first, last] = random.pick([
    [0x391, 0x3a1],
    [0x3b1, 0x3c9],
    [0x400, 0x481],
    [0x531, 0x556],
    [0x10d0, 0x10f0],
    [0x13a0, 0x13f5],
    [0x1f00, 0x1f07],
    [0x3041, 0x3090],
    [0x4e00, 0x9fa5],
    [0xac00, 0xd7a3],
    [0xff21, 0xff3a],
  ] as const);
  return character(random.between(first, last));
};

function isPrintable(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}
