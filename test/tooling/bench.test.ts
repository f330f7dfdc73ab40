/** `npm run bench` measures every task once on the phony hive, so that it cannot rot. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { packagedProgram, PACKAGING_TIMEOUT_MS } from "../support/packaged.ts";
import { findTool, type Tool } from "../support/programs.ts";
import { phonyImage } from "../support/phony-images.ts";

const TSX = join("node_modules", "tsx", "dist", "cli.mjs");

interface Printed {
  readonly hives: readonly {
    readonly sizeBytes: number;
    readonly tasks: readonly { readonly title: string; readonly missing?: string; readonly rows: readonly Row[] }[];
  }[];
}

interface Row {
  readonly name: string;
  readonly missing?: string;
  readonly medianMs: number;
  readonly ratio: number;
  readonly peakMemoryBytes: number | null;
  readonly writtenBytes: number | null;
}

// What the bench measures too, and would otherwise build itself.
beforeAll(packagedProgram, PACKAGING_TIMEOUT_MS);

test("every task is measured, and who is not there is said", { timeout: 240_000 }, () => {
  const { hive } = phonyImage("moved-windows-10");
  const args = [TSX, join("scripts", "bench.ts"), hive, "--runs", "1", "--json"];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const { hives }: Printed = JSON.parse(stdout);
  const [tasks] = hives.map((measured) => measured.tasks);
  expect(hives).toHaveLength(1);
  expect(tasks?.map(({ title }) => title)).toEqual([
    "start, say the version, end",
    "open the hive and read one value",
    "set 10 values and write the hive",
    expect.stringMatching(/^apply: move a source's settings \(\d+ changes\)$/),
    "check the whole hive",
    "print every key and value as text",
    "find the drivers of 4 adapters in 1000 INF files",
  ]);
  for (const { missing, rows } of tasks ?? []) {
    expect(missing).toBeUndefined();
    expect(rows[0]?.ratio).toBe(1);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      if (row.missing !== undefined) {
        expect(row.missing).toMatch(/^(not installed \(Debian: |failed: )/);
        continue;
      }
      expect(row.medianMs).toBeGreaterThan(0);
      expect(row.ratio).toBeGreaterThan(0);
    }
  }
  const rowOf = (task: number, name: string): Row | undefined => tasks?.[task]?.rows.find((row) => row.name === name);
  // Ours writes pages and a log, the others the whole file again.
  expect(rowOf(2, "engine")?.writtenBytes).toBeGreaterThan(4096);
  expect(rowOf(3, "pint apply")).not.toHaveProperty("missing");
  for (const tool of ["hivexsh", "hivexregedit"] satisfies Tool[]) {
    const row = rowOf(2, tool);
    if (findTool(tool) === undefined) expect(row?.missing).toContain("not installed");
    else expect(row?.missing).toBeUndefined();
  }
});
