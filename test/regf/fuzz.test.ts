/** Whatever the bytes are: opening, walking and checking end, and throw nothing but HiveError. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkHive, describe as sentenceOf, type Hive, HiveError, type Key } from "../../src/regf/index.ts";
import { openBytes, sampleHive, withBaseBlock } from "../support/sample-hive.ts";
import { incrementalEntry, incrementalLog } from "../support/sample-logs.ts";

/** Far more than any of these hives holds; more would be a walk in circles. */
const ENOUGH = 20_000;

function walk(hive: Hive): void {
  let left = ENOUGH;
  const visit = (key: Key): void => {
    if (left-- < 0) throw new Error("the walk does not end");
    void [key.path, key.className, key.lastWritten];
    for (const value of key.values()) void value.data;
    for (const subkey of key.subkeys()) visit(subkey);
  };
  visit(hive.root);
}

/** True when it threw; anything but HiveError comes out. */
function refuses(action: () => void): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof HiveError && error.message !== "" && error.problem.at >= 0) return true;
    throw error;
  }
}

/** What became of a property's hives. */
type Outcome = "opened" | "refusedToOpen" | "walked" | "refusedToWalk" | "problems" | "silent";

/** A property's own count; a fuzz that never gets anywhere proves nothing. */
class Fuzz {
  readonly #counts = new Map<Outcome, number>();

  count(outcome: Outcome): void {
    this.#counts.set(outcome, this.often(outcome) + 1);
  }

  often(outcome: Outcome): number {
    return this.#counts.get(outcome) ?? 0;
  }

  /** Each of these became of at least `least` hives. */
  gotTo(least: number, ...outcomes: readonly Outcome[]): void {
    const rare = outcomes.filter((outcome) => this.often(outcome) < least);
    expect(rare, `fewer than ${least} of ${JSON.stringify([...this.#counts])}`).toEqual([]);
  }
}

function survive(fuzz: Fuzz, bytes: Uint8Array, logs: readonly Uint8Array[] = []): void {
  let hive: Hive | undefined;
  if (
    refuses(() => {
      hive = openBytes(bytes, logs, true);
    }) ||
    hive === undefined
  ) {
    fuzz.count("refusedToOpen");
    return;
  }
  fuzz.count("opened");
  const opened = hive;
  const couldNotWalk = refuses(() => walk(opened));
  fuzz.count(couldNotWalk ? "refusedToWalk" : "walked");
  const { problems } = checkHive(opened);
  for (const found of problems.slice(0, 20)) expect(sentenceOf(found)).not.toBe("");
  fuzz.count(problems.length > 0 ? "problems" : "silent");
  // What cannot be read, the check must report; it looks at more than a walk does.
  if (couldNotWalk) expect(problems.some(({ severity }) => severity === "fatal")).toBe(true);
}

/** Mostly small ones, where a wrong byte more often means something; a large one for lists of lists and big data. */
const HIVES = { small13: sampleHive(3, 8, []), small15: sampleHive(5, 8, []), large: sampleHive(5) };
const anyHive = fc.constantFrom<(keyof typeof HIVES)[]>("small13", "small15", "small13", "small15", "large");

/** Where the `index`-th double word of the bins is, going round. */
const wordAt = (bytes: Uint8Array, index: number): number => 4096 + ((index * 4) % (bytes.length - 4096));

/** Bytes that mean something: ends of ranges, small numbers, "no cell". */
const spice = fc.oneof(fc.constantFrom(0, 0xff, 0x80, 0x7f, 1, 8, 0xf8), fc.nat(255));

function withBytes(bytes: Uint8Array, changes: readonly (readonly [at: number, byte: number])[]): Uint8Array {
  const changed = new Uint8Array(bytes);
  for (const [at, byte] of changes) changed[at % changed.length] = byte;
  return changed;
}

describe("hives", () => {
  test("a few bytes are wrong, anywhere in the bins", () => {
    const fuzz = new Fuzz();
    fc.assert(
      fc.property(
        anyHive,
        fc.array(fc.tuple(fc.nat(200_000), spice), { minLength: 1, maxLength: 12 }),
        (name, changes) => {
          const bytes = HIVES[name];
          const shifted = changes.map(([at, byte]) => [4096 + (at % (bytes.length - 4096)), byte] as const);
          survive(fuzz, withBytes(bytes, shifted));
        },
      ),
      { numRuns: 400 },
    );
    fuzz.gotTo(50, "walked", "refusedToWalk", "problems", "silent");
  });

  test("one field of one structure is wrong", () => {
    const fuzz = new Fuzz();
    // The first pages hold the root, its list, its values and the security descriptor.
    fc.assert(
      fc.property(
        anyHive,
        fc.nat(2000),
        fc.constantFrom(0, 1, 0xffff_ffff, 0x7fff_ffff, 0x8000_0000, 0x20, 0x24, 0x1000),
        (name, word, value) => {
          const bytes = HIVES[name];
          const changed = new Uint8Array(bytes);
          new DataView(changed.buffer).setUint32(wordAt(bytes, word), value, true);
          survive(fuzz, changed);
        },
      ),
      { numRuns: 400 },
    );
    fuzz.gotTo(20, "walked", "refusedToWalk", "problems", "silent");
  });

  test("one word is another word of the same hive: references lead elsewhere", () => {
    const fuzz = new Fuzz();
    fc.assert(
      fc.property(anyHive, fc.nat(3000), fc.nat(3000), (name, from, to) => {
        const bytes = HIVES[name];
        const changed = new Uint8Array(bytes);
        const view = new DataView(changed.buffer);
        view.setUint32(wordAt(bytes, to), view.getUint32(wordAt(bytes, from), true), true);
        survive(fuzz, changed);
      }),
      { numRuns: 400 },
    );
    fuzz.gotTo(15, "walked", "refusedToWalk", "problems", "silent");
  });

  test("the base block is wrong, with and without a checksum that fits", () => {
    const fuzz = new Fuzz();
    fc.assert(
      fc.property(anyHive, fc.nat(511), spice, fc.boolean(), (name, at, byte, fits) => {
        const bytes = HIVES[name];
        const changed = withBytes(bytes, [[at, byte]]);
        survive(fuzz, fits ? withBaseBlock(changed, {}) : changed);
      }),
      { numRuns: 300 },
    );
    fuzz.gotTo(10, "refusedToOpen", "walked", "problems", "silent");
  });

  test("the file ends too early, or its pages are zeros", () => {
    const fuzz = new Fuzz();
    fc.assert(
      fc.property(anyHive, fc.nat(60), fc.nat(512), fc.boolean(), (name, page, more, zeros) => {
        const bytes = HIVES[name];
        const end = Math.min(page * 4096 + more, bytes.length);
        survive(fuzz, zeros ? new Uint8Array(bytes).fill(0, Math.max(end, 4096), end + 4096) : bytes.slice(0, end));
      }),
      { numRuns: 150 },
    );
    fuzz.gotTo(50, "walked", "silent");
    fuzz.gotTo(2, "refusedToOpen", "refusedToWalk", "problems");
  });

  test("noise behind a good base block", () => {
    const fuzz = new Fuzz();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4096, maxLength: 4096 }), fc.nat(31), (noise, kept) => {
        const bytes = new Uint8Array(8192);
        bytes.set(HIVES.small13.subarray(0, 4096 + kept * 8));
        bytes.set(noise.subarray(kept * 8), 4096 + kept * 8);
        survive(fuzz, withBaseBlock(bytes, { hiveBinsSize: 4096 }));
      }),
      { numRuns: 150 },
    );
    fuzz.gotTo(50, "refusedToWalk", "problems");
  });
});

describe("logs", () => {
  const clean = HIVES.small15;
  const dirty = withBaseBlock(clean, { primarySequence: 11, secondarySequence: 10 });
  const size = clean.length - 4096;
  const pages = [{ offset: 0, bytes: clean.subarray(4096, 8192) }];
  const entry = (sequence: number): Uint8Array => incrementalEntry({ sequence, hiveBinsSize: size, pages });
  const log = incrementalLog(dirty, 10, [entry(10), entry(11)]);

  test("bytes of a log are wrong, or it ends too early", () => {
    const fuzz = new Fuzz();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3000), spice), { maxLength: 4 }), fc.nat(log.length), (changes, end) => {
        survive(fuzz, dirty, [withBytes(log, changes).subarray(0, end < 200 ? end * 60 : log.length)]);
      }),
      { numRuns: 200 },
    );
    fuzz.gotTo(50, "walked", "problems");
    fuzz.gotTo(5, "silent");
  });

  test("an entry with right hashes says anything", () => {
    const fuzz = new Fuzz();
    const word = fc.oneof(fc.nat(0xffff_ffff), fc.constantFrom(0, 4096, size, size + 4096, 0x7fff_f000, 0xffff_f000));
    fc.assert(
      fc.property(word, fc.array(fc.tuple(word, fc.nat(9000)), { maxLength: 3 }), (hiveBinsSize, runs) => {
        const wild = runs.map(([offset, length]) => ({ offset, bytes: new Uint8Array(length) }));
        survive(fuzz, dirty, [
          incrementalLog(dirty, 10, [entry(10), incrementalEntry({ sequence: 11, hiveBinsSize, pages: wild })]),
        ]);
      }),
      { numRuns: 200 },
    );
    fuzz.gotTo(50, "walked", "silent");
    fuzz.gotTo(2, "refusedToOpen");
  });
});
