/** Which mutant a number stands for: the same seed and number give the same bytes, so that a failure is told by two numbers. */
import { Random } from "../random.ts";
import { type Mutant, mutate } from "./mutate.ts";
import { type Structures, structuresOf } from "./structures.ts";
import type { HiveBytes, Subject } from "./subjects.ts";

export interface FuzzCase {
  readonly subject: string;
  readonly mutant: Mutant;
  /** For what is done with it. */
  readonly random: Random;
}

/** A hive of this size is taken half as often as an empty one; one of 16 MB every sixty-fifth time. */
const HALF_WEIGHT_SIZE = 0x4_0000;

/** Subjects are loaded when they are first needed, and kept. */
export class Cases {
  readonly #subjects: readonly Subject[];
  readonly #seed: number;
  readonly #loaded = new Map<string, { readonly hive: HiveBytes; readonly structures: Structures }>();

  constructor(subjects: readonly Subject[], seed: number) {
    this.#subjects = subjects;
    this.#seed = seed;
  }

  case(number: number): FuzzCase {
    // Far apart: neighbouring seeds must not share cases.
    const random = new Random(Math.imul(this.#seed + 1, 0x9e37_79b1) ^ Math.imul(number + 1, 0x85eb_ca77));
    const subject = this.#pick(random);
    const { hive, structures } = this.#load(subject);
    return { subject: subject.name, mutant: mutate(random, hive, structures), random };
  }

  #pick(random: Random): Subject {
    for (;;) {
      const subject = random.pick(this.#subjects);
      if (random.once(1 + Math.floor(subject.sizeBytes / HALF_WEIGHT_SIZE))) return subject;
    }
  }

  #load(subject: Subject) {
    let found = this.#loaded.get(subject.name);
    if (found === undefined) {
      const hive = subject.load();
      found = { hive, structures: structuresOf(hive.primary) };
      this.#loaded.set(subject.name, found);
    }
    return found;
  }
}
