/** Hives and logs that are sound wherever one looks, and made to take for ever: each ends, soon, in bounded memory, with a word of what is wrong. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../scripts/repository.ts";
import { newFolder } from "../support/folders.ts";
import type { HostileReport } from "../support/hostile/child.ts";

const SIZE = 0x80_0000;

/** For all of them; what is not linear would take hours for one. */
const TIMEOUT_MS = 300_000;

/** What the README of regf states: so many times the file, and so much besides. JavaScript's objects are a part of it, with a limit of their own. */
const MEMORY_TIMES = 12;
const MEMORY_BESIDES = 0x600_0000;
const HEAP_MB = (6 * SIZE) / 0x10_0000 + 40;

/** How the walk ends, and something that the check finds. */
const EXPECTED: Readonly<Record<string, readonly [end: string, found?: string]>> = {
  "all keys share one list of values": ["cell-shared", "duplicate-name"],
  "all values have the same data, half the file": ["cell-shared", "cell-shared"],
  "data cells that overlap, one every 8 bytes": ["cell-shared", "cell-misplaced"],
  "values that overlap, with names of 65,535 characters": ["cell-shared", "cell-misplaced"],
  "all keys share one class name of 64 KB": ["cell-shared", "cell-shared"],
  "all keys share one list of 65,535 empty lists": ["cell-shared", "empty-list"],
  "values of segments, each segment named a thousand times": ["cell-shared", "cell-shared"],
  "a list of leaves whose entries all lead nowhere": ["cell-free", "cell-misplaced"],
  "a value list whose entries all lead nowhere": ["cell-free", "cell-misplaced"],
  "one key with all the values": ["walked"],
  "one key with all the subkeys": ["walked"],
  "511 levels of names of 255 characters, and as many leaves at the end": ["walked"],
  "100,000 levels": ["key-too-deep", "key-too-deep"],
  "a value list of 2^28 entries, and data of 2 GB": ["cell-too-small", "cell-too-small"],
  "nothing but bins that cannot be believed": ["walked", "bad-bin-size"],
  "nothing but the smallest cells, all in use": ["walked", "cell-leaked"],
  "an entry of millions of pages of no size": ["walked"],
  "a head in every sector, each of which claims the rest of the file": ["dirty-without-logs"],
  "one page, and a hive of 2 GB": ["truncated"],
  "the same page again and again": ["walked"],
  "a bitmap for a hive of 2 GB": ["dirty-without-logs"],
  "a sparse file of 500 MB": ["cell-free", "bad-signature"],
};

test("each ends within its time and memory", { timeout: TIMEOUT_MS + 10_000 }, () => {
  const child = fileURLToPath(new URL("../support/hostile/child.ts", import.meta.url));
  const limits = ["--expose-gc", `--max-old-space-size=${HEAP_MB}`];
  const args = ["--import", "tsx", ...limits, child, String(SIZE), newFolder()];
  const run = spawnSync(process.execPath, args, { cwd: REPOSITORY, encoding: "utf8", timeout: TIMEOUT_MS });
  const reports = run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as HostileReport);
  expect(
    reports.map(({ name }) => name),
    `the next one ended it: ${run.stderr.slice(-2000)}`,
  ).toEqual(Object.keys(EXPECTED));
  for (const { name, end, found, peakBytes } of reports) {
    const [expectedEnd, expectedCode] = EXPECTED[name] as (typeof EXPECTED)[string];
    expect(end, name).toBe(expectedEnd);
    if (expectedCode === undefined) expect(found, name).toEqual([]);
    else expect(found, name).toContain(expectedCode);
    // The peak only rises: the sparse file, which is the largest, comes last.
    const size = name.startsWith("a sparse") ? 500 * 0x10_0000 : SIZE;
    expect(peakBytes, name).toBeLessThan(MEMORY_TIMES * size + MEMORY_BESIDES);
  }
  expect(run.status).toBe(0);
});
