/** The frozen upcase table is Windows' table, and orders names as Windows does. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareUpcased, equalsUpcased, upcase, upcaseUnit } from "../../src/bytes/upcase.ts";
import { describeUnlessMissing } from "../support/missing.ts";

const units = Array.from({ length: 0x10000 }, (_, unit) => unit);

test("973 units are mapped", () => {
  expect(units.filter((unit) => upcaseUnit(unit) !== unit)).toHaveLength(973);
});

test("a mapped unit is mapped to one that stays", () => {
  // So that a name compares equal to its own upper case.
  expect(units.filter((unit) => upcaseUnit(upcaseUnit(unit)) !== upcaseUnit(unit))).toEqual([]);
});

describe("where Windows and JavaScript differ", () => {
  test.each([
    ["ß", "ß"],
    ["µ", "µ"],
    ["ÿ", "Ÿ"],
    ["ſ", "ſ"],
    ["ı", "ı"],
    ["ς", "ς"],
    ["ა", "ა"],
    ["ᾳ", "ᾼ"],
    ["ᾀ", "ᾈ"],
    ["ж", "Ж"],
  ])("%s becomes %s", (lower, upper) => expect(upcase(lower)).toBe(upper));
});

describe("order", () => {
  test("shorter is smaller, case does not count, and it is the upper case that is compared", () => {
    expect(compareUpcased("Tcpip", "TCPIP6")).toBeLessThan(0);
    expect(compareUpcased("tcpip", "TCPIP")).toBe(0);
    expect(equalsUpcased("Interfaces", "INTERFACES")).toBe(true);
    expect(compareUpcased("a_", "AB")).toBeGreaterThan(0); // "_" is after "B", though before "b"
  });

  test("it is an order", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "A", "_", "ß", "ÿ", "Ÿ", "ж", "\ud800"), maxLength: 4 });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareUpcased(a, b))).toBe(-Math.sign(compareUpcased(b, a)) + 0);
        if (compareUpcased(a, b) <= 0 && compareUpcased(b, c) <= 0) expect(compareUpcased(a, c)).toBeLessThanOrEqual(0);
        expect(equalsUpcased(a, b)).toBe(upcase(a) === upcase(b));
      }),
    );
  });
});

const tools = ["/usr/sbin/mkntfs", "/usr/bin/ntfscat"];
const missing = tools.every((tool) => existsSync(tool)) ? undefined : "no mkntfs and ntfscat (Debian: ntfs-3g)";

describeUnlessMissing("made again from a new NTFS volume", missing, () => {
  test("the $UpCase file of mkntfs is the table", () => {
    const folder = mkdtempSync(join(tmpdir(), "pint-upcase-"));
    try {
      const volume = join(folder, "volume.img");
      writeFileSync(volume, "");
      truncateSync(volume, 4 << 20);
      expect(spawnSync("/usr/sbin/mkntfs", ["-F", "-Q", volume], { timeout: 60_000 }).status).toBe(0);
      const { stdout } = spawnSync("/usr/bin/ntfscat", ["-i", "10", volume], { timeout: 60_000, maxBuffer: 1 << 20 });
      expect(stdout).toHaveLength(0x20000);
      expect(units.filter((unit) => stdout.readUInt16LE(unit * 2) !== upcaseUnit(unit))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
