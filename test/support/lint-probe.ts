/** Lints files that a test makes up, with the project's own rules. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));

export interface LintFinding {
  /** "lint/suspicious/noConsole"; "plugin" for scripts/layers.grit. */
  readonly rule: string;
  /** As given: "src/regf/probe.ts". */
  readonly file: string;
  readonly line: number;
}

/** `files` by path below the repository's root; they are linted in a folder of their own. */
export function lintFindings(files: Readonly<Record<string, string>>): readonly LintFinding[] {
  const folder = mkdtempSync(join(tmpdir(), "pint-lint-"));
  try {
    for (const name of ["biome.json", "scripts/layers.grit", "package.json", "tsconfig.json"]) {
      cpSync(join(repository, name), join(folder, name));
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const biome = join(repository, "node_modules", "@biomejs", "biome", "bin", "biome");
    const args = [biome, "lint", "--reporter=github", "--max-diagnostics=none"];
    const run = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
    return Array.from(
      run.stdout.matchAll(/^::error title=([^,]+),file=([^,]+),line=(\d+)/gm),
      ([, rule = "", file = "", line = ""]) => ({
        rule,
        file: file.replaceAll("\\", "/").replace(/^.*?(?=src\/|test\/|scripts\/)/, ""),
        line: Number(line),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
