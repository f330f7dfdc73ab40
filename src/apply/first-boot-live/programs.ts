/** Programs of Windows itself, by their full path and with a bound: what became of a run, in words. */
import path from "node:path";
import { systemFolder } from "../../inventory/windows/machine.ts";
import type { BootedWindows } from "./machine.ts";

export interface Order {
  /** Without its folder: "sc.exe". */
  readonly program: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  /** Exit codes that are as good as 0. */
  readonly alsoGood?: readonly number[];
}

/** Why it was not done, as a sentence without its full stop; undefined when it was. */
export function carryOut(
  machine: BootedWindows,
  { program, args, timeoutMs, alsoGood = [] }: Order,
): string | undefined {
  const run = machine.run(path.join(systemFolder(machine), "System32", program), args, timeoutMs);
  if (!run.ended) return `${program} ${run.reason}`;
  if (run.status === 0 || alsoGood.includes(run.status)) return undefined;
  const said = run.complaint === "" ? "" : `: ${run.complaint}`;
  return `${program} ended with ${run.status}${said}`;
}
