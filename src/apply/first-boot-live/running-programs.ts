/** The programs that run on this Windows, as tasklist.exe lists them. */
import path from "node:path";
import { systemFolder } from "../../inventory/windows/machine.ts";
import type { BootedWindows } from "./machine.ts";

const TIMEOUT_MS = 60_000;

/** The first field of a line of CSV, in quotes: the program's file. The fields are the same in every language (Microsoft, "tasklist": /FO CSV, /NH). */
const FIRST_FIELD = /^"((?:[^"]|"")+)"/gm;

/** Their files' names ("svchost.exe"), or why they are not known: a sentence without its full stop. */
export function runningPrograms(
  machine: BootedWindows,
): { readonly names: readonly string[] } | { readonly whyNot: string } {
  const program = path.join(systemFolder(machine), "System32", "tasklist.exe");
  const run = machine.run(program, ["/FO", "CSV", "/NH"], TIMEOUT_MS);
  if (!run.ended) return { whyNot: `tasklist.exe ${run.reason}` };
  const names = [...run.output.matchAll(FIRST_FIELD)].map(([, name = ""]) => name.replaceAll('""', '"'));
  if (run.status === 0 && names.length > 0) return { names };
  const said = run.complaint === "" ? "" : `: ${run.complaint}`;
  return { whyNot: `tasklist.exe listed nothing, and ended with ${run.status}${said}` };
}
