/** What a command is, and what comes out of it: nothing here or in the commands writes, reads the environment or ends the process. */
import type { Emit } from "../apply/events.ts";
import type { ExitCode } from "../exit/codes.ts";
import type { ForceName } from "../image/force.ts";
import type { Detail, View } from "../report/detail.ts";
import { humanReport } from "../report/human.ts";
import { asJson } from "../report/json.ts";
import type { Arguments, OptionName } from "./options.ts";

/** What a command ends with; both faces show the same result. */
export interface Outcome {
  readonly exitCode: ExitCode;
  human(detail: Detail): string;
  json(): string;
}

export interface Command {
  readonly name: string;
  /** What the image argument may be; null for a command that has none. */
  readonly image: string | null;
  readonly summary: string;
  /** Besides the general ones. */
  readonly options: readonly OptionName[];
  /** The dangers that `--force` can name here; with none there is no `--force`. */
  readonly forces: readonly ForceName[];
  /** Throws Failure. */
  run(args: Arguments, emit: Emit): Outcome;
}

/** The usual outcome: `json` makes another document (or its finished text) of a result that holds more than its document. */
export function outcome<Result extends { readonly exitCode: ExitCode }>(
  result: Result,
  view: View<Result>,
  json: (result: Result) => unknown = (whole) => whole,
): Outcome {
  return {
    exitCode: result.exitCode,
    human: (detail) => humanReport(view, result, detail),
    json: () => {
      const document = json(result);
      return typeof document === "string" ? document : asJson(document);
    },
  };
}
