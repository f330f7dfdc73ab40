/** The task of moving a source's settings: `pint apply` as a whole, and the same changes merged by others' programs. */
import { join } from "node:path";
import type { RegValue } from "../../src/regtext/model.ts";
import type { Change } from "../../src/windows/model/change.ts";
import { registryBytes } from "../../src/windows/registry-data.ts";
import type { NoTask, Place, Subject, Task } from "./contest.ts";
import { makeFreshCopy } from "./fresh-copy.ts";
import { areMade, type KeyChange, mergers } from "./merge.ts";
import { outputOf } from "./run-program.ts";

const TITLE = "apply: move a source's settings";

export function applyTask({ hive, applyArguments }: Subject, { folder, program }: Place): Task | NoTask {
  const copy = join(folder, "SYSTEM");
  const prepare = (): void => makeFreshCopy(hive, copy);
  const pint = (command: string): string[] => [process.execPath, program, command, copy, ...applyArguments];
  prepare();
  const plan = { command: [...pint("plan"), "--json"], rightStatus: undefined };
  const { steps } = JSON.parse(outputOf(plan, folder)) as { readonly steps: readonly Change[] };
  const changes = steps.length === 0 ? undefined : keyChanges(steps);
  if (changes === undefined) {
    return { title: TITLE, missing: "nothing to move in this hive, or more than values to change" };
  }
  return {
    title: `${TITLE} (${steps.length} changes)`,
    remark:
      "pint reads the Windows, plans, checks the hive before and after, leaves a receipt, journals, flushes and reads back; the others only merge",
    prepare,
    isDone: () => areMade(changes, copy),
    contestants: [
      { name: "pint apply", runs: { kind: "program", command: pint("apply") } },
      ...mergers(changes, copy, join(folder, "apply.reg")),
    ],
  };
}

/** Undefined when there is more to do than setting and deleting values. */
function keyChanges(steps: readonly Change[]): readonly KeyChange[] | undefined {
  const byKey = new Map<string, RegValue[]>();
  for (const step of steps) {
    const values = byKey.get(step.key) ?? [];
    byKey.set(step.key, values);
    if (step.kind === "set-value") values.push({ kind: "set-value", name: step.name, ...registryBytes(step) });
    else if (step.kind === "delete-value") values.push({ kind: "delete-value", name: step.name });
    else return undefined;
  }
  return [...byKey].map(([key, values]) => ({ key, values }));
}
