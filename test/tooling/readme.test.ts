/** README.md tells the truth: its session is what the built program prints today, its exit codes are the program's. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { blockOf } from "../../scripts/readme/blocks.ts";
import { readmeBlocks } from "../../scripts/readme.ts";

/** Lines are broken by the length of paths, which is another on every machine. */
const words = (text: string) => text.split(/\s+/).join(" ");

test("what is made in README.md is as it would be made now (else: npm run readme)", async () => {
  const readme = readFileSync("README.md", "utf8");
  const blocks = Object.entries(await readmeBlocks());
  expect(blocks.map(([name]) => name)).toEqual(["session", "unattended", "exit codes"]);
  for (const [name, block] of blocks) {
    expect(block.length).toBeGreaterThan(500);
    expect(words(blockOf(readme, name))).toBe(words(block));
  }
});
