/** What several views have in common: the image and its hive, problems, warnings and registry changes. */
import type { ImageSummary, LogSummary, ProblemReport } from "../../apply/results.ts";
import type { Warning } from "../../exit/warning.ts";
import type { Step } from "../../plan/model.ts";
import type { Detail } from "../detail.ts";
import { wrap, type Field } from "../lines.ts";
import { changeText } from "../registry.ts";
import { counted } from "../words.ts";

/** A heading and its lines behind an empty line; nothing at all when there are no lines. */
export function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", heading, ...lines];
}

export function imageFields(image: ImageSummary): Field[] {
  return image.kind === "hive"
    ? [["image", image.path]]
    : [
        ["image", image.path],
        ["hive", image.hive],
      ];
}

/** Whether the hive was clean, and what its logs hold. */
export function hiveStateFields(hive: { readonly dirty: boolean; readonly logs: readonly LogSummary[] }): Field[] {
  return [
    ["state", hive.dirty ? "dirty: its last changes are in its logs, not yet in the file" : "clean"],
    ["logs", hive.logs.length === 0 ? "none" : hive.logs.map((log) => `${log.name}: ${log.state}`)],
  ];
}

/** A damaged hive can have thousands; --verbose and --json list every one. */
const LISTED_PROBLEMS = 20;

/** The fatal ones first: "fatal    bad-cell-size at 0x1020" and the sentence below it. */
export function problemLines(problems: readonly ProblemReport[], detail: Detail): string[] {
  const fatal = problems.filter(({ severity }) => severity === "fatal");
  const ordered = [...fatal, ...problems.filter(({ severity }) => severity !== "fatal")];
  const listed = detail === "verbose" ? ordered : ordered.slice(0, LISTED_PROBLEMS);
  const more = ordered.length - listed.length;
  return [
    ...listed.flatMap(problemText),
    ...(more === 0 ? [] : [`  and ${more} more (--verbose or --json lists them all)`]),
  ];
}

function problemText({ severity, code, at, message }: ProblemReport): string[] {
  return [`  ${severity.padEnd(7)}  ${code} at 0x${at.toString(16)}`, ...wrap("           ", message)];
}

/** Warnings are shown at every detail: each one is something that a person should look at. */
export function warningLines(warnings: readonly Warning[]): string[] {
  return section(
    counted(warnings.length, "warning"),
    warnings.flatMap((warning) => wrap("  ! ", `${warning.code}: ${warning.message}`)),
  );
}

/** Every change, under the key that it belongs to, in the order in which they are made. */
export function stepLines(steps: readonly Step[]): string[] {
  return steps.flatMap((step, index) => [
    ...(steps[index - 1]?.key === step.key ? [] : [`  ${step.key}`]),
    ...wrap("    ", changeText(step)),
  ]);
}

/** "14 registry changes in 3 keys" */
export function stepCount(steps: readonly Step[]): string {
  const keys = new Set(steps.map((step) => step.key)).size;
  return `${counted(steps.length, "registry change")} in ${counted(keys, "key")}`;
}

/** A path as a word of a command line: in quotes where a shell would split it. */
export function quoted(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
