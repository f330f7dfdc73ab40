/** DIRT logs with one bit turned over or cut: only their base block is protected, so that the rest must be seen by the hive's own check. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkHive, HiveError } from "../../../src/regf/index.ts";
import { cleanPrimary } from "../../support/commit-scenarios.ts";
import { withFlip } from "../../support/log-states.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { openBytes, withBaseBlock } from "../../support/sample-hive.ts";
import { dirtLog } from "../../support/sample-logs.ts";

type Outcome = "refused" | "same" | "fatal" | Uint8Array;

/** Other bytes only come back where the check has nothing against them. */
function outcome(primary: Uint8Array, logs: readonly Uint8Array[], whole: Uint8Array): Outcome {
  try {
    const hive = openBytes(primary, logs);
    const bins = hive.bins.raw(0, hive.bins.sizeBytes);
    if (Buffer.compare(bins, whole) === 0) return "same";
    return checkHive(hive).problems.some(({ severity }) => severity === "fatal") ? "fatal" : bins.slice();
  } catch (error) {
    if (error instanceof HiveError) return "refused";
    throw error;
  }
}

function recovered(primary: Uint8Array, logs: readonly Uint8Array[]): Uint8Array {
  const { bins } = openBytes(primary, logs);
  return bins.raw(0, bins.sizeBytes).slice();
}

/** Where the sectors begin, and the bitmap before them. */
function layout(log: Uint8Array): { bitmap: number; sectors: number; bits: number[] } {
  const pages = new DataView(log.buffer, log.byteOffset).getUint32(0x28, true) / 4096;
  const bits: number[] = [];
  for (let bit = 0; bit < pages * 8; bit++) if (((log[516 + (bit >> 3)] ?? 0) >> (bit & 7)) & 1) bits.push(bit);
  return { bitmap: 516, sectors: Math.ceil((516 + pages) / 512) * 512, bits };
}

/** Wants of each flip what its place allows; returns how many in the bitmap came out as other bytes that the check accepts. */
function tryFlips(primary: Uint8Array, logs: readonly Uint8Array[], step: number): number {
  const whole = recovered(primary, logs);
  const [log = new Uint8Array(0), ...others] = logs;
  const { bitmap, sectors, bits } = layout(log);
  let accepted = 0;
  const flip = (offset: number, bit: number): Outcome =>
    outcome(primary, [withFlip(log, offset, bit), ...others], whole);
  for (let offset = 0; offset < bitmap; offset++) expect(flip(offset, offset % 8)).toBe("refused");
  for (let offset = bitmap; offset < sectors; offset++) {
    const isBitmap = offset < bitmap + whole.length / 4096;
    if (!isBitmap) expect(flip(offset, offset % 8)).toBe("same");
    for (let bit = 0; isBitmap && bit < 8; bit++) {
      const found = flip(offset, bit);
      if (typeof found === "object") accepted++;
      else expect(["refused", "fatal"]).toContain(found);
    }
  }
  for (let offset = sectors; offset < log.length; offset += step) {
    const found = flip(offset, offset % 8);
    if (typeof found === "string") expect(["fatal", "same"]).toContain(found);
    else {
      // One bit of the hive, in its place: nothing in such a log could have told.
      const within = offset - sectors;
      const at = (bits[Math.floor(within / 512)] ?? 0) * 512 + (within % 512);
      const wanted = withFlip(whole, at, offset % 8);
      expect(Buffer.compare(found, wanted)).toBe(0);
    }
  }
  return accepted;
}

/** The hive after an edit, its pages in a log, and a primary of which nothing has been written. */
function built(isXp: boolean): { primary: Uint8Array; logs: Uint8Array[] } {
  const clean = cleanPrimary();
  const size = clean.length - 4096;
  const primary = withBaseBlock(clean, { primarySequence: 42, secondarySequence: 40 });
  const sectors = new Map<number, Uint8Array>();
  for (const page of [0, 2, 3, 7]) {
    for (let sector = 0; sector < 8; sector++) {
      const at = 4096 + page * 4096 + sector * 512;
      sectors.set(page * 8 + sector, clean.slice(at, at + 512));
    }
  }
  const log = dirtLog(primary, 41, size, sectors);
  const other = withBaseBlock(dirtLog(primary, 39, size, new Map([[0, new Uint8Array(512)]])), { lastWritten: 1000n });
  // What the pages are in the file: not what they should be.
  for (const page of [2, 3, 7]) primary.fill(0, 4096 + page * 4096, 8192 + page * 4096);
  return { primary, logs: isXp ? [log] : [log, other] };
}

describe.each([
  ["Windows Vista: two logs, the second of another time", false],
  ["Windows XP: one log", true],
])("%s", (_what, isXp) => {
  const { primary, logs } = built(isXp);
  const [log = new Uint8Array(0), ...others] = logs;

  test("one bit turned over", () => {
    expect(tryFlips(primary, logs, 61)).toBe(0);
  });

  test("cut anywhere: refused", () => {
    const whole = recovered(primary, logs);
    for (let size = 0; size < log.length; size += 64) {
      expect(outcome(primary, [log.subarray(0, size), ...others], whole)).toBe("refused");
    }
  });

  test("the logs exchanged: the one of the hive's time counts; without it nothing does", () => {
    const whole = recovered(primary, logs);
    expect(outcome(primary, [...logs].reverse(), whole)).toBe("same");
    expect(outcome(primary, others, whole)).toBe("refused");
  });
});

describeWithRealHives("OldDirtyHive", () => {
  const files = () => {
    const primary = realHive("dirty/OldDirtyHive/OldDirtyHive");
    const logs = [`${primary}.LOG1`].filter((log) => existsSync(log));
    return { primary: readFileSync(primary), logs: logs.map((log) => readFileSync(log)) };
  };

  test("one bit turned over", { timeout: 60_000 }, () => {
    const { primary, logs } = files();
    expect(tryFlips(primary, logs, 1009)).toBe(0);
  });

  test("cut at every sector: refused; longer: the same, as with OldLogWithRemnantData", () => {
    const { primary, logs } = files();
    const [log = new Uint8Array(0)] = logs;
    const whole = recovered(primary, logs);
    for (let size = 0; size < log.length; size += 512) {
      expect(outcome(primary, [log.subarray(0, size)], whole)).toBe("refused");
    }
    expect(outcome(primary, [readFileSync(realHive("odd/OldLogWithRemnantData"))], whole)).toBe("same");
  });
});
