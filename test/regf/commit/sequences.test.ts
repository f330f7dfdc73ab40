/** The numbers of a commit, as the recipe has them, and every base block that is written with them. */
import { describe, expect, test } from "vitest";
import { BASE_BLOCK_HEADER } from "../../../src/regf/format/base-block.ts";
import {
  commitSequences,
  recoveredSequence,
  sequencesTowards,
  standInSequences,
} from "../../../src/regf/commit/sequences.ts";
import type { Recovery } from "../../../src/regf/index.ts";
import { hasValidChecksum } from "../../../src/regf/read/base-block.ts";
import {
  cleanPrimary,
  commitOn,
  growing,
  headerOf,
  logNames,
  PRIMARY,
  type Scenario,
  SCENARIOS,
} from "../../support/commit-scenarios.ts";

const TOP = 0xffff_ffff;

describe("a commit", () => {
  test.each([
    ["HvLE", 40, 40, { journal: 39, armed: [40, 39], clean: 41 }],
    ["HvLE", 40, 41, { journal: 39, armed: [40, 39], clean: 42 }],
    ["HvLE", 40, 70, { journal: 39, armed: [40, 39], clean: 71 }],
    ["HvLE", 2, 2, { journal: 1, armed: [2, 1], clean: 3 }],
    ["HvLE", 1, 1, { journal: 1, armed: [2, 1], clean: 2 }],
    ["HvLE", 0, 0, { journal: 0, armed: [1, 0], clean: 1 }],
    ["HvLE", TOP, TOP, { journal: TOP - 1, armed: [TOP, TOP - 1], clean: 0 }],
    ["DIRT", 40, 70, { journal: 41, armed: [41, 40], clean: 41 }],
    ["DIRT-XP", 40, 70, { journal: 41, armed: [42, 41], clean: 42 }],
  ] as const)("%s at %i, with logs up to %i", (format, clean, highest, expected) => {
    expect(commitSequences(format, clean, highest)).toEqual(expected);
  });
});

describe("an undo ends with the former number", () => {
  test.each([
    ["HvLE", 40, { journal: 39, armed: [40, 39], clean: 40 }],
    ["HvLE", 1, { journal: 1, armed: [2, 1], clean: 1 }],
    ["DIRT", 40, { journal: 40, armed: [40, 39], clean: 40 }],
    ["DIRT", 0, { journal: 0, armed: [0, TOP], clean: 0 }],
    ["DIRT-XP", 40, { journal: 39, armed: [40, 39], clean: 40 }],
  ] as const)("%s towards %i", (format, clean, expected) => {
    expect(sequencesTowards(format, clean)).toEqual(expected);
  });
});

test("a recovery ends above the last entry and both old numbers", () => {
  const recovery = (last: number | undefined): Recovery =>
    ({ replayed: last === undefined ? [] : [{ lastSequence: last }] }) as unknown as Recovery;
  expect(recoveredSequence(recovery(45), [41, 40])).toBe(46);
  expect(recoveredSequence(recovery(40), [41, 40])).toBe(42);
  expect(recoveredSequence(recovery(undefined), [41, 44])).toBe(45);
  expect(recoveredSequence(recovery(TOP), [TOP, TOP - 1])).toBe(0);
});

test("what stands in for a damaged base block", () => {
  expect(standInSequences("HvLE", 40)).toEqual([41, 40]);
  expect(standInSequences("DIRT", 40)).toEqual([40, 39]);
  expect(standInSequences("DIRT-XP", 40)).toEqual([41, 40]);
});

describe("on the disk", () => {
  test.each([
    ["HvLE", [40, 39], 41],
    ["DIRT", [41, 40], 41],
    ["DIRT-XP", [42, 41], 42],
  ] as const)(
    "%s: armed with the old length, then the new length alone, then clean; nothing else in the header changes",
    (format, armed, clean) => {
      const primary = cleanPrimary();
      const { disk } = commitOn(
        new Map([
          [PRIMARY, primary],
          [logNames(format)[0] as string, new Uint8Array(0)],
        ]),
        format,
        growing,
      );
      const blocks = disk.events.flatMap((event) =>
        event.kind === "write" && event.file === PRIMARY && event.offset === 0 ? [event.bytes] : [],
      );
      const fields = blocks.map((bytes) => BASE_BLOCK_HEADER.decode(headerOf(bytes)));
      const before = BASE_BLOCK_HEADER.decode(headerOf(primary));
      const same = { ...before, primarySequence: 0, secondarySequence: 0, hiveBinsSize: 0, checksum: 0 };
      for (const found of fields) {
        expect({ ...found, primarySequence: 0, secondarySequence: 0, hiveBinsSize: 0, checksum: 0 }).toEqual(same);
      }
      expect(blocks.every(({ length }) => length === 512)).toBe(true);
      const numbers = fields.map((it) => [
        it.primarySequence,
        it.secondarySequence,
        it.hiveBinsSize > before.hiveBinsSize,
      ]);
      expect(numbers).toEqual([
        [...armed, false],
        [...armed, true],
        [clean, clean, true],
      ]);
    },
  );

  test.each([
    ["HvLE", [40, 39], [41, 41]],
    ["DIRT", [41, 40], [42, 42]],
    ["DIRT-XP", [42, 41], [43, 43]],
  ] as const)(
    "%s, base block damaged: one that is dirty and whole comes first, alone in its flush",
    (format, standIn, clean) => {
      const scenario = SCENARIOS.find(({ name }) => name === `${format}, base block damaged`) as Scenario;
      const { events } = commitOn(scenario.start(), format, growing).disk;
      const first = events.findIndex((event) => event.file === PRIMARY);
      expect(events.slice(first, first + 2).map(({ kind }) => kind)).toEqual(["write", "flush"]);
      const blocks = events.flatMap((event) =>
        event.kind === "write" && event.file === PRIMARY && event.offset === 0 ? [headerOf(event.bytes)] : [],
      );
      expect(blocks.every((block) => hasValidChecksum(block) && BASE_BLOCK_HEADER.decode(block).fileType === 0)).toBe(
        true,
      );
      const numbers = blocks.map((block) => BASE_BLOCK_HEADER.decode(block));
      expect([numbers[0]?.primarySequence, numbers[0]?.secondarySequence]).toEqual(standIn);
      expect([numbers[1]?.primarySequence, numbers[1]?.secondarySequence]).toEqual(clean);
    },
  );
});
