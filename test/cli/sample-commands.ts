/** Commands that do as a test says, in place of the real ones. */
import type { Command, Context, Outcome } from "../../src/cli/command.ts";
import type { Arguments } from "../../src/cli/options.ts";
import { run } from "../../src/cli/run.ts";
import type { ExitCode } from "../../src/exit/codes.ts";
import { LINUX } from "../support/hosts.ts";
import { NO_VOLUMES } from "../support/surroundings.ts";

export interface Run {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export function outcomeOf(exitCode: ExitCode): Outcome {
  return {
    exitCode,
    human: (detail) => `report, ${detail}\n`,
    json: () => `{"exitCode":${exitCode}}\n`,
    besideJson: "",
  };
}

/** `plan` with an image, pairing options and two things to force; `list` without any of them. */
export function sampleCommands(perform: (args: Arguments, context: Context) => Outcome): readonly Command[] {
  return [
    {
      name: "plan",
      image: "what to look at",
      summary: "says what would be done",
      options: ["profile", "map", "match", "all-or-nothing", "output"],
      forces: ["dirty", "hibernated"],
      apart: [["profile", ["map", "all-or-nothing"]]],
      run: perform,
    },
    { name: "list", image: null, summary: "lists", options: ["output"], forces: [], apart: [], run: perform },
  ];
}

export function runSample(argv: readonly string[], perform: (args: Arguments, context: Context) => Outcome): Run {
  let stdout = "";
  let stderr = "";
  const code = run(argv, sampleCommands(perform), {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    host: LINUX,
    now: new Date("2026-01-02T03:04:05Z"),
    surroundings: NO_VOLUMES,
  });
  return { code, stdout, stderr };
}
