/** The task of setting ten values and writing the hive. */
import { join } from "node:path";
import type { Place, Subject, Task } from "./contest.ts";
import { makeFreshCopy } from "./fresh-copy.ts";
import { engineProgram } from "./measure.ts";
import { areMade, mergers } from "./merge.ts";
import { TEN_VALUES } from "./ten-values.ts";

export function editTask({ hive }: Subject, place: Place): Task {
  const { key, names, text, data } = TEN_VALUES;
  const copy = join(place.folder, "SYSTEM");
  const changes = [{ key, values: names.map((name) => ({ kind: "set-value", name, type: 1, data }) as const) }];
  const lines = names.flatMap((name) => [name, `string:${text}`]);
  const input = [`cd \\${key}`, `setval ${names.length}`, ...lines, "commit", ""].join("\n");
  return {
    title: `set ${names.length} values and write the hive`,
    remark: "the others neither check nor journal nor flush",
    prepare: () => makeFreshCopy(hive, copy),
    isDone: () => areMade(changes, copy),
    contestants: [
      { name: "engine", runs: { kind: "engine", job: "edit" } },
      { name: "engine, started", runs: { kind: "program", ...engineProgram(place, "edit of the copy", hive, 0, 1) } },
      { name: "hivexsh", runs: { kind: "tool", tool: "hivexsh", args: ["-w", copy], input } },
      ...mergers(changes, copy, join(place.folder, "edit.reg")),
    ],
  };
}
