/** What a command is, and what comes out of it: nothing here or in the commands writes, reads the environment or ends the process. */
import type { Emit } from "../apply/events.ts";
import type { ExitCode } from "../exit/codes.ts";
import type { Host } from "../image/host.ts";
import type { Surroundings } from "../image/surroundings.ts";
import type { ForceName } from "../image/force.ts";
import type { Detail, View } from "../report/detail.ts";
import { humanReport } from "../report/human.ts";
import { asJson } from "../report/json.ts";
import { asText } from "../report/lines.ts";
import type { Arguments, OptionName } from "./options.ts";

/** What a command ends with; both faces show the same result. */
export interface Outcome {
  readonly exitCode: ExitCode;
  human(detail: Detail): string;
  json(): string;
  /** What the JSON document has no place for, for stderr; empty when it has everything. */
  readonly besideJson: string;
  /** What is still to be done when everything has been told and the run ends with `code`; returns what has to be said of it. */
  afterwards?(code: ExitCode, emit: Emit): string | undefined;
}

/** What a command knows of the world. */
export interface Context {
  readonly host: Host;
  readonly now: Date;
  readonly surroundings: Surroundings;
  readonly emit: Emit;
}

/** A word that stands behind a command. */
export interface Operand {
  readonly name: string;
  readonly describe: string;
  /** At least one, and more may follow; only the last can be so. */
  readonly many?: boolean;
}

export interface Command {
  /** One word; or two, for one of several that share the first: "profile list". */
  readonly name: string;
  /** What the image argument may be; null for a command that has none. */
  readonly image: string | null;
  /** An option, a flag, that stands in the place of the image. */
  readonly insteadOfImage?: OptionName;
  /** What stands behind a command without an image: `Arguments.words`, in this order. */
  readonly operands?: readonly Operand[];
  readonly summary: string;
  /** Besides the general ones. */
  readonly options: readonly OptionName[];
  /** The dangers that `--force` can name here; with none there is no `--force`. */
  readonly forces: readonly ForceName[];
  /** Options that contradict each other: the first with each of the others. */
  readonly apart: readonly (readonly [OptionName, readonly OptionName[]])[];
  /** Options that mean something only with another one: the first with the second. */
  readonly together?: readonly (readonly [OptionName, OptionName])[];
  /** The log of a command that nobody watches, where --log names none; without it where that cannot be opened. */
  standingLog?(host: Host): string | undefined;
  /** Throws Failure. */
  run(args: Arguments, context: Context): Outcome;
}

/** The usual outcome: the document is the result itself. */
export function outcome<Result extends { readonly exitCode: ExitCode }>(result: Result, view: View<Result>): Outcome {
  return documentOutcome(result, view, asJson(result), []);
}

/** Of a result that is more than its document: the document's finished text, and the lines for which it has no place. */
export function documentOutcome<Result extends { readonly exitCode: ExitCode }>(
  result: Result,
  view: View<Result>,
  document: string,
  besideJson: readonly string[],
): Outcome {
  return {
    exitCode: result.exitCode,
    human: (detail) => humanReport(view, result, detail),
    json: () => document,
    besideJson: asText(besideJson),
  };
}
