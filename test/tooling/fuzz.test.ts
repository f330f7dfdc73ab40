/** The fuzzer notices what goes wrong in its child, keeps the mutant, says how to repeat it, and ends with 1. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Fuzzer } from "../../scripts/fuzz/fuzzer.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { Cases } from "../support/fuzz/cases.ts";
import { fileSubject } from "../support/fuzz/subjects.ts";
import { sampleHive } from "../support/sample-hive.ts";

const CHILD = fileURLToPath(new URL("../../scripts/fuzz/child.ts", import.meta.url));
const FAULTY = fileURLToPath(new URL("../support/fuzz/faulty-child.ts", import.meta.url));

/** vitest's own arguments are nothing for a child. */
const EXEC_ARGV = ["--import", "tsx"];

function fuzzer(child: string, caseTimeoutMs: number) {
  const folder = newFolder();
  const hive = writeFileIn(folder, "SYSTEM", sampleHive(5, 8, []));
  writeFileSync(`${hive}.LOG1`, "a log of sorts");
  const lines: string[] = [];
  const into = join(folder, "failures");
  const print = (line: string): void => void lines.push(line);
  return {
    hive,
    into,
    lines,
    it: new Fuzzer({ child, hive, seed: 3, into, print, caseTimeoutMs, execArgv: EXEC_ARGV }),
  };
}

test.each([
  [1, "Error: a fault"],
  [2, "the process ended: 7"],
  [3, "it did not end within 1500 ms"],
  [4, "4294967296 bytes of memory"],
])("case %i: %s", async (number, why) => {
  const { hive, into, lines, it } = fuzzer(FAULTY, number === 3 ? 1500 : 30_000);
  expect(await it.runOne(number)).toBe(1);
  expect(lines.join("\n")).toContain(`FAILED  case ${number} of SYSTEM: ${why}`);
  const again = `npm run fuzz -- --seed 3 --case ${number} --hive ${hive}`;
  expect(lines.join("\n")).toContain(again);
  const kept = join(into, `3-${number}`);
  expect(readFileSync(join(kept, "what.txt"), "utf8")).toContain(`${again}\n\n${why}`);
  const { primary, logs } = new Cases([fileSubject(hive)], 3).case(number).mutant;
  expect(Buffer.compare(readFileSync(join(kept, "SYSTEM")), primary)).toBe(0);
  expect(readdirSync(kept).filter((name) => name.startsWith("SYSTEM.LOG"))).toHaveLength(logs.length);
});

test("a sound engine: mutants are counted, nothing is kept, 0", async () => {
  const { into, lines, it } = fuzzer(CHILD, 60_000);
  expect(await it.runFor(3000)).toBe(0);
  expect(lines.at(-1)).toMatch(/^\d+ s: [1-9]\d* mutants, 0 failed, [1-9]\d* MB at most \(.*walked \d+/);
  expect(() => readdirSync(into)).toThrow("ENOENT");
});
