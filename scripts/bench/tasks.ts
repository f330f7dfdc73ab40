/** The tasks, in the order in which they are measured. */
import { join } from "node:path";
import { applyTask } from "./apply.ts";
import type { Contestant, NoTask, Place, Subject, Task } from "./contest.ts";
import { driversTask } from "./drivers.ts";
import { editTask } from "./edit.ts";
import type { EngineJob } from "./engine.ts";
import { startTask } from "./start.ts";
import { TEN_VALUES } from "./ten-values.ts";

export function tasksFor(subject: Subject, place: Place): readonly (Task | NoTask)[] {
  return [
    startTask(place),
    lookUp(subject),
    editTask(subject, place),
    applyTask(subject, place),
    check(subject, place),
    dump(subject, place),
    driversTask(subject.hive, place),
  ];
}

function engine(job: EngineJob): Contestant {
  return { name: "engine", runs: { kind: "engine", job } };
}

function lookUp({ hive }: Subject): Task {
  const { key } = TEN_VALUES;
  return {
    title: "open the hive and read one value",
    contestants: [
      engine("look up"),
      { name: "hivexget", runs: { kind: "tool", tool: "hivexget", args: [hive, `\\${key}`, "Hostname"] } },
    ],
  };
}

function check({ hive }: Subject, { program }: Place): Task {
  return {
    title: "check the whole hive",
    remark: "hivexml and reglookup only read and print it: nobody else checks one",
    contestants: [
      { name: "pint check", runs: { kind: "program", command: [process.execPath, program, "check", hive] } },
      engine("check"),
      { name: "hivexml", runs: { kind: "tool", tool: "hivexml", args: [hive] } },
      { name: "reglookup", runs: { kind: "tool", tool: "reglookup", args: [hive] } },
    ],
  };
}

function dump({ hive }: Subject, { folder }: Place): Task {
  return {
    title: "print every key and value as text",
    contestants: [
      engine("dump"),
      { name: "hivexregedit", runs: { kind: "tool", tool: "hivexregedit", args: ["--export", hive, "\\"] } },
      { name: "reglookup", runs: { kind: "tool", tool: "reglookup", args: [hive] } },
      { name: "hivexml", runs: { kind: "tool", tool: "hivexml", args: [hive] } },
      { name: "regfexport", runs: { kind: "tool", tool: "regfexport", args: [hive] } },
      {
        name: "reged",
        runs: { kind: "tool", tool: "reged", args: ["-x", hive, "\\", "\\", join(folder, "reged.reg")] },
      },
    ],
  };
}
