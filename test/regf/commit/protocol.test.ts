/** Every step of the protocol is needed, and in its place: swapped with any other, or left out, some power cut destroys the hive. */
import { describe, expect, test } from "vitest";
import { harmlessIn } from "../../support/harmless-reorderings.ts";
import { protocolMatrix } from "../../support/protocol-matrix.ts";

/** So many swaps and omissions there are. */
const COUNTS = { HvLE: 320, DIRT: 260, "DIRT-XP": 220 };

describe.each(["HvLE", "DIRT", "DIRT-XP"] as const)("%s", (format) => {
  test("every swap of two steps, and every step left out", () => {
    const rows = protocolMatrix(format, 3);
    expect(rows.length).toBeGreaterThan(COUNTS[format]);
    const there = new Set(rows.map(({ reordering }) => reordering));
    const harmless = rows.filter(({ damage }) => damage === "none").map(({ reordering }) => reordering);
    // Exactly those: one that has become harmful is found as well as one that has become harmless.
    expect(harmless.sort()).toEqual(
      harmlessIn(format)
        .filter((name) => there.has(name))
        .sort(),
    );
    const whose = (damage: string) => rows.filter((row) => row.damage === damage).map(({ reordering }) => reordering);
    expect(whose("destroys").length).toBeGreaterThan(rows.length * 0.8);
    // Not destroyed, but not made clean either: the journal goes on to lead to the new one.
    expect(whose("unfinished").filter((name) => !name.includes("clean block"))).toEqual([]);
  });
});
