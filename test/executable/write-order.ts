/** The order in which a program writes and flushes the files below a folder, as the kernel is asked for it (strace). */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { newFolder } from "../support/folders.ts";

const STRACE = "/usr/bin/strace";

export const missingStrace: string | undefined = existsSync(STRACE) ? undefined : "no strace (Debian: strace)";

const TIMEOUT_MS = 240_000;

interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/**
 * "pwrite64 Windows/System32/config/SYSTEM 512 at 0", "fsync ...". Of documents, whose size depends on the paths in them, only that they were
 * written; not the flushes of folders, which Windows has not. Throws when the program does not end with 0.
 */
export function traceWrites(words: readonly string[], folder: string, surroundings: Surroundings): readonly string[] {
  const trace = join(newFolder(), "trace");
  const calls = "trace=pwrite64,write,fsync,fdatasync,ftruncate";
  const { status, error } = spawnSync(STRACE, ["-f", "-y", "-s", "0", "-e", calls, "-o", trace, ...words], {
    ...surroundings,
    stdio: "ignore",
    timeout: TIMEOUT_MS,
  });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}: ${error?.message}`);
  return readFileSync(trace, "utf8")
    .split("\n")
    .flatMap((line) => stepOf(line, folder));
}

/** `123 pwrite64(35</tmp/x/SYSTEM>, ""..., 4096, 86016) = 4096`; a call that another thread breaks in upon ends with `<unfinished ...>`. */
function stepOf(line: string, folder: string): readonly string[] {
  const [, call = "", file = "", rest = ""] = /^\d+ +(\w+)\(\d+<([^>]*)>(.*)$/.exec(line) ?? [];
  if (!file.startsWith(`${folder}/`) || (existsSync(file) && statSync(file).isDirectory())) return [];
  const name = file.slice(folder.length + 1);
  if (name.endsWith(".json") || name.endsWith("/lock")) {
    return [`${call} ${name.replace(/[^/]*\.json$/, "document")}`];
  }
  const [, count, offset] = /""(?:\.\.\.)?, (\d+)(?:, (\d+))?/.exec(rest) ?? [];
  return [
    [call, name, ...(count === undefined ? [] : [count]), ...(offset === undefined ? [] : ["at", offset])].join(" "),
  ];
}
