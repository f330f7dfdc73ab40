/** Every command line of the transcripts prints what they show: `UPDATE_TRANSCRIPTS=1 npm test` writes what it prints now. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { commandLines, replay } from "./transcript.ts";

const FOLDER = fileURLToPath(new URL("transcripts", import.meta.url));
const TRANSCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));
const UPDATE = process.env["UPDATE_TRANSCRIPTS"] === "1";

describe.skipIf(process.platform === "win32")("transcripts", () => {
  test.each(TRANSCRIPTS)("%s", (name) => {
    const file = join(FOLDER, name);
    const transcript = readFileSync(file, "utf8");
    const replayed = replay(transcript);
    if (UPDATE) {
      writeFileSync(file, replayed);
      return;
    }
    expect(replayed).toBe(transcript);
  });
});

test("every command is in a transcript, and in its help", () => {
  const words = TRANSCRIPTS.flatMap((name) => commandLines(readFileSync(join(FOLDER, name), "utf8")));
  for (const { name } of COMMANDS) {
    const called = name.split(" ");
    const calls = words.filter((line) => called.every((word, index) => line[index] === word));
    expect(calls.filter((line) => !line.includes("--help"))).not.toEqual([]);
    expect(words).toContainEqual([...called, "--help"]);
  }
});
