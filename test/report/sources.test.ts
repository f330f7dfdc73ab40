/** What a report says of the sources: their outcome, why, what to do, and how many there are of each. */
import { describe, expect, test } from "vitest";
import type { Outcome, PlannedSource } from "../../src/plan/model.ts";
import { sourceCount, sourceLines } from "../../src/report/views/sources.ts";

function source(outcome: Outcome, number = 1): PlannedSource {
  return { source: { number, name: `LAN ${number}`, addresses: ["10.0.0.5/24"] }, outcome, reason: "because" };
}

const OUTCOMES: readonly Outcome[] = [
  "moved",
  "already",
  "kept",
  "unplaced",
  "pending",
  "arranged",
  "skipped",
  "conflict",
];

describe("a source", () => {
  test("that is moved shows its target and why they are a pair", () => {
    const moved: PlannedSource = {
      ...source("moved"),
      target: { number: 2, name: "Ethernet0", description: "Intel(R) 82574L", addresses: [] },
      matchedBy: "order",
    };
    expect(sourceLines([moved], "normal")).toEqual([
      "  [moved]    1 LAN 1 (10.0.0.5/24)",
      "             -> 2 Ethernet0 (Intel(R) 82574L)",
      "             because",
    ]);
  });

  test("that has no target says what to do", () => {
    expect(sourceLines([source("unplaced")], "normal")).toEqual([
      "  [unplaced] 1 LAN 1 (10.0.0.5/24)",
      "             because",
      "             do: --inventory FILE tells what the new machine has, --map",
      "                 SOURCE=TARGET names the target, --exclude SOURCE leaves it out",
    ]);
  });

  test("that waits for an inventory is not told to use --map", () => {
    const unplaced = { ...source("unplaced"), reason: "nothing is moved without an inventory (--inventory)" };
    const text = sourceLines([unplaced], "normal").join("\n");
    expect(text).toContain("do: --inventory FILE tells what the new machine has (--map does");
    expect(text).not.toContain("SOURCE=TARGET");
  });

  test("is never left out of the whole list", () => {
    const lines = sourceLines(
      OUTCOMES.map((outcome, index) => source(outcome, index + 1)),
      "normal",
    );
    for (const outcome of OUTCOMES) {
      expect(lines.filter((line) => line.startsWith(`  [${outcome}]`))).toHaveLength(1);
    }
  });

  test("that was not moved although it should have been is told even when quiet", () => {
    const lines = sourceLines(
      OUTCOMES.map((outcome) => source(outcome)),
      "quiet",
    );
    const told = lines.flatMap((line) => /^ {2}\[(\w+)\]/.exec(line)?.[1] ?? []);
    expect(told).toEqual(["unplaced", "pending", "conflict"]);
  });
});

test("the count says what became of how many", () => {
  expect(sourceCount([])).toBe("no sources: nothing to move");
  const moved: PlannedSource = { ...source("moved"), matchedBy: "mac" };
  expect(sourceCount([moved])).toBe("1 source: 1 moved");
  expect(sourceCount([moved, source("unplaced"), moved])).toBe("3 sources: 2 moved, 1 unplaced");
});

test("the count says how many were made DHCP and nothing else", () => {
  const moved: PlannedSource = { ...source("moved"), matchedBy: "mac" };
  expect(sourceCount([moved, source("moved"), source("kept")])).toBe(
    "3 sources: 2 moved (1 of them only made DHCP), 1 kept",
  );
});
