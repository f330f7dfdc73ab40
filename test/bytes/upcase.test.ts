/** The frozen upcase table is Windows' table, and orders names as Windows does. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareUpcased, equalsUpcased, upcase, upcaseUnit } from "../../src/bytes/upcase.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { WINDOWS_NAMES } from "../support/windows-names.ts";

const units = Array.from({ length: 0x10000 }, (_, unit) => unit);

test("973 units are mapped, and to what is frozen", () => {
  expect(units.filter((unit) => upcaseUnit(unit) !== unit)).toHaveLength(973);
  // The SHA-256 of `ntfscat -i 10` on a volume of mkntfs 2022.10.3: it holds where mkntfs is missing too.
  const table = Buffer.alloc(0x20000);
  for (const unit of units) table.writeUInt16LE(upcaseUnit(unit), unit * 2);
  expect(createHash("sha256").update(table).digest("hex")).toBe(
    "41c26bc7a12bdaeb26025c93118697c7e3ef81ee048b00fe5cce2a472e0e0742",
  );
});

test("a mapped unit is mapped to one that stays", () => {
  // So that a name compares equal to its own upper case.
  expect(units.filter((unit) => upcaseUnit(upcaseUnit(unit)) !== upcaseUnit(unit))).toEqual([]);
});

describe("names whose upper case programs disagree about", () => {
  test.each(WINDOWS_NAMES)("%s", (_, name, upper) => {
    expect(upcase(name)).toBe(upper);
    expect(upcase(upper)).toBe(upper);
  });

  test("no two of them are one name", () => {
    expect(new Set(WINDOWS_NAMES.map(([, name]) => upcase(name))).size).toBe(WINDOWS_NAMES.length);
  });
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
  test("the $UpCase file of mkntfs is the table, all 65,536 units of it", () => {
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
