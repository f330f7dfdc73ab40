/** A hive with wrong bytes in it can be refused, but never makes the reading fail in another way. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { HiveError, openHive } from "../../src/regf/index.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { describeWithRealHives, realHive } from "../support/real-hives.ts";

/** After the base block, whose checksum would refuse any change. */
const HIVE_BINS_START = 0x1000;

describeWithRealHives("wrong bytes", () => {
  test("anywhere in the bins: HiveError, Failure, or a Windows", () => {
    const sound = readFileSync(realHive("system/xp-sp3-dell.hiv"));
    const outcomes = { read: 0, refused: 0 };
    const place = fc.integer({ min: HIVE_BINS_START, max: sound.length - 1 });
    const changes = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4000,
      size: "max",
    });
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = Uint8Array.from(sound);
        for (const [at, byte] of list) bytes[at] = byte;
        try {
          readWindows(openHive({ primary: new MemoryStorage("damaged", bytes), logs: [] }).root);
          outcomes.read += 1;
        } catch (error) {
          if (!(error instanceof HiveError || error instanceof Failure)) throw error;
          outcomes.refused += 1;
        }
      }),
      { numRuns: 150, seed: 7 },
    );
    // Both must have happened, or the test has tried nothing.
    expect(outcomes.read).toBeGreaterThan(10);
    expect(outcomes.refused).toBeGreaterThan(10);
  });
});
