/** `npm run readme`: writes into README.md and into that of fixtures, what must stay true: real sessions' output, the exit codes, what was done on every version of Windows. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitMeanings } from "../src/report/exit-meaning.ts";
import { buildProgram } from "./build.ts";
import { demoSession } from "./demo/session.ts";
import { unattendedSession } from "./demo/unattended.ts";
import { buildFixture } from "./fixtures.ts";
import { isMainModule } from "./main-module.ts";
import { withBlock } from "./readme/blocks.ts";
import { cycleVersions, imagesTable, versionsTable } from "./readme/versions.ts";
import { REPOSITORY } from "./repository.ts";

const README = join(REPOSITORY, "README.md");
const IMAGE = "demo/moved-windows-10";

/** The commands of the demonstration that the README shows: plan, apply, undo. */
const SHOWN = [1, 2, 5];

/** The blocks of README.md that are made, by name. */
export async function readmeBlocks(): Promise<Readonly<Record<"session" | "unattended" | "exit codes", string>>> {
  return { session: await sessionBlock(), unattended: unattendedBlock(), "exit codes": exitCodesBlock() };
}

async function sessionBlock(): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pint-readme-")));
  try {
    const program = await buildProgram(join(folder, "dist"));
    buildFixture("moved-windows-10", join(folder, IMAGE));
    const runs = [...demoSession(program, IMAGE, folder)];
    const wrong = runs.flatMap((run) => run.wrong);
    if (wrong.length > 0) {
      throw new Error(`the demonstration is not as it should be: ${wrong.join("; ")}`);
    }
    const shown = SHOWN.flatMap((index) => runs[index] ?? []);
    const text = shown.map(({ commandLine, output }) => `$ ${commandLine}\n${output.trimEnd()}`).join("\n\n");
    return `\`\`\`\n${withoutWhatChanges(text, folder)}\n\`\`\``;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unattendedBlock(): string {
  // Not in the system's own place: where lines are wrapped depends on the length of the paths.
  const folder = mkdtempSync("/tmp/pint-");
  try {
    const text = unattendedSession(folder)
      .map(({ commandLine, output }) => `$ ${commandLine}\n${output.trimEnd()}`)
      .join("\n\n");
    return `\`\`\`\n${text}\n\`\`\``;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where it ran, and when. */
function withoutWhatChanges(text: string, folder: string): string {
  return text
    .replaceAll(`${folder}/`, "")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ/g, "2026-02-01T21-30-00Z")
    .replaceAll(/(undone +the run of) [^\s,]+/g, "$1 2026-02-01T21:30:00.000Z");
}

function exitCodesBlock(): string {
  const rows = exitMeanings().map(({ code, meaning }) => `| ${code} | ${meaning} |`);
  return ["| code | means |", "| --- | --- |", ...rows].join("\n");
}

/** Writes a file anew with these blocks; throws when it does not have one of them. */
function writeBlocks(path: string, blocks: Readonly<Record<string, string>>): void {
  const text = Object.entries(blocks).reduce(
    (before, [name, block]) => withBlock(before, name, block),
    readFileSync(path, "utf8"),
  );
  writeFileSync(path, text);
}

if (isMainModule(import.meta.url)) {
  writeBlocks(README, { ...(await readmeBlocks()), versions: versionsTable(cycleVersions()) });
  writeBlocks(join(REPOSITORY, "fixtures", "README.md"), { versions: imagesTable() });
  process.stdout.write("README.md: its sessions, its exit codes and its versions are those of today\n");
}
