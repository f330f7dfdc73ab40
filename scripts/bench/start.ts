/** The task of starting: the packaged executable's and the program's `--version` beside the same Node doing nothing. */
import type { NoTask, Place, Task } from "./contest.ts";

const TITLE = "start, say the version, end";

export function startTask({ program, executable }: Place): Task | NoTask {
  if (executable === undefined) return { title: TITLE, missing: "the executable is for Linux x64" };
  const { node, pint } = executable;
  return {
    title: TITLE,
    remark: "node -e 0 is the Node that the executable is made of, doing nothing",
    contestants: [
      { name: "node -e 0", runs: { kind: "program", command: [node, "-e", "0"] } },
      { name: "pint --version", runs: { kind: "program", command: [pint, "--version"] } },
      { name: "node pint.cjs", runs: { kind: "program", command: [node, program, "--version"] } },
      { name: "pint --help", runs: { kind: "program", command: [pint, "--help"] } },
    ],
  };
}
