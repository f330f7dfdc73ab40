/** What several views have in common: the image and its hive, problems, warnings and registry changes. */
import type { HiveState, ProblemReport, ReplaySummary } from "../../apply/hive-results.ts";
import type { ImageSummary } from "../../apply/results.ts";
import type { Warning } from "../../exit/warning.ts";
import type { TreeDifference } from "../../regf/index.ts";
import type { Step } from "../../plan/model.ts";
import type { ApplyChoice } from "../../profile/model.ts";
import type { Detail } from "../detail.ts";
import { wrap, type Field } from "../lines.ts";
import { changeText } from "../registry.ts";
import { counted } from "../words.ts";

/** What a profile says of a connection. */
export const APPLY_CHOICE: Readonly<Record<ApplyChoice, string>> = {
  move: "to be moved",
  dhcp: "to be DHCP",
  skip: "to be left alone",
};

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

/** Whether the hive was clean, what its logs hold, and what replaying them changed. */
export function hiveStateFields(hive: HiveState): Field[] {
  return [
    ["state", stateText(hive)],
    ["logs", hive.logs.length === 0 ? "none" : hive.logs.map((log) => `${log.name}: ${log.state}`)],
    ["replay", hive.replay === null ? null : replayTexts(hive.replay)],
  ];
}

function stateText({ dirty, sequences, replay }: HiveState): string {
  if (!dirty) {
    return "clean";
  }
  const dirtiness = `dirty (sequences ${sequences.primary} and ${sequences.secondary})`;
  return replay === null
    ? `${dirtiness}, and no log completes it`
    : `${dirtiness}: its last changes are in its logs, not yet in the file; here they are replayed in memory`;
}

function replayTexts({ firstSequence, lastSequence, pages, pagesChanged, ...compared }: ReplaySummary): string[] {
  const range =
    firstSequence === lastSequence ? `entry ${firstSequence}` : `entries ${firstSequence} to ${lastSequence}`;
  const changes = `${range}: ${pagesChanged} of ${counted(pages, "page")} differ from the file`;
  const { difference, notCompared } = compared;
  return difference === null
    ? [changes, `what that means for keys and values is not known: ${notCompared}`]
    : [changes, `${differenceText(difference)} than the file alone says`];
}

/** "3 keys more, 1 fewer; 12 values more, 4 fewer, 8 with other data" */
function differenceText(difference: TreeDifference): string {
  const { keysAdded, keysRemoved, valuesAdded, valuesRemoved, valuesChanged } = difference;
  const keys = `${counted(keysAdded, "key")} more, ${keysRemoved} fewer`;
  return `${keys}; ${counted(valuesAdded, "value")} more, ${valuesRemoved} fewer, ${valuesChanged} other`;
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
