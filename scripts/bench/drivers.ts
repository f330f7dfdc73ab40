/** The task of finding the drivers of four adapters among INF files that are for other devices. */
import { join } from "node:path";
import type { Place, Task } from "./contest.ts";
import { BENCH_DEVICES, BENCH_REPOSITORY, FILE_COUNT, makeInfFiles } from "./inf-files.ts";
import { engineProgram } from "./measure.ts";

/** grep's pattern for the same in UTF-16, for it knows text of eight bits only. */
const PATTERN = BENCH_DEVICES.map((device) => [...device].map((letter) => `${letter}\\x00`).join("")).join("|");

export function driversTask(hive: string, place: Place): Task {
  const repository = join(place.folder, ...BENCH_REPOSITORY);
  makeInfFiles(repository);
  return {
    title: `find the drivers of ${BENCH_DEVICES.length} adapters in ${FILE_COUNT} INF files`,
    remark:
      "grep says which files hold the text of an ID, and knows nothing of sections, tokens, processors and versions",
    contestants: [
      { name: "engine", runs: { kind: "engine", job: "find drivers" } },
      { name: "engine, started", runs: { kind: "program", ...engineProgram(place, "find drivers", hive, 0, 1) } },
      { name: "grep", runs: { kind: "tool", tool: "grep", args: ["-r", "-l", "-a", "-i", "-P", PATTERN, repository] } },
    ],
  };
}
