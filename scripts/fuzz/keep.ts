/** Puts a mutant where somebody can look at it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HiveBytes } from "../../test/support/fuzz/subjects.ts";

/** A folder with the hive, its logs, and what was done; returns its path. */
export function keep(into: string, name: string, { primary, logs }: HiveBytes, lines: readonly string[]): string {
  const folder = join(into, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "SYSTEM"), primary);
  for (const [index, log] of logs.entries()) writeFileSync(join(folder, `SYSTEM.LOG${index + 1}`), log);
  writeFileSync(join(folder, "what.txt"), `${lines.join("\n")}\n`);
  return folder;
}
