/** What was restored or taken back, and what was left. */
import type { LeftChange, UndoResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import { type Field, fields, wrap } from "../lines.ts";
import { valueName, valueText } from "../registry.ts";
import { counted } from "../words.ts";
import { imageFields, quoted, section, stepCount, stepLines, warningLines } from "./parts.ts";

export function undoView(result: UndoResult, detail: Detail): string[] {
  const { steps, left, written } = result;
  const notices = [
    ...section(`${counted(left.length, "change")} left alone`, leftLines(left)),
    ...warningLines(result.warnings),
  ];
  if (detail === "quiet") {
    return notices;
  }
  const isListed = detail === "verbose" || !written;
  return [
    ...fields("", [
      ...imageFields(result.image),
      ...(result.way === "bit-for-bit" ? exactFields(result) : byValueFields(result)),
      ["hash was", detail === "verbose" ? result.hiveSha256.before : null],
      ["hash is", detail === "verbose" ? result.hiveSha256.after : null],
    ]),
    ...(isListed && steps.length > 0 ? section("registry changes", stepLines(steps)) : []),
    ...notices,
  ];
}

const DRY_RUN = "nothing: this is only a dry run";

/** What is undone when an undo is: that is a run, with a receipt, like any other. */
function runText({ run, appliedAt }: UndoResult): string {
  return run === "apply" ? `the run of ${appliedAt}` : `the undo of ${appliedAt} (what it took back is applied again)`;
}

function exactFields(result: UndoResult): Field[] {
  const { receipt, restored, removed, written } = result;
  return [
    [written ? "undone" : "to undo", `${runText(result)}, bit for bit`],
    ["receipt", receipt],
    ["written", written ? null : DRY_RUN],
    [written ? "restored" : "to restore", restored.length === 0 ? "nothing" : restored],
    [written ? "removed" : "to remove", removed],
  ];
}

function byValueFields(result: UndoResult): Field[] {
  const { receipt, already, undoReceipt, written, image, restored, removed } = result;
  const command = `pint undo ${quoted(image.path)} --receipt ${quoted(undoReceipt ?? "")}`;
  return [
    [written ? "undone" : "to undo", `${runText(result)}, value by value: something else has written since`],
    ["receipt", receipt],
    ["written", writtenText(result)],
    ...fileFields(written ? "restored" : "to restore", restored),
    ...fileFields(written ? "removed" : "to remove", removed),
    ["as before", already.length === 0 ? null : `${counted(already.length, "change")} already`],
    ["undo this", undoReceipt === null ? null : { whole: command }],
  ];
}

/** Of a first boot: no row where there is none, for an empty one widens the others. */
function fileFields(label: string, files: readonly string[]): Field[] {
  return files.length === 0 ? [] : [[label, files]];
}

function writtenText({ completed, written, steps, left }: UndoResult): string {
  if (completed !== null) {
    return `the rest of the undo of ${completed}, which had been cut short`;
  }
  if (written) {
    return stepCount(steps);
  }
  if (steps.length > 0) {
    return `${DRY_RUN} (${stepCount(steps)})`;
  }
  return left.length === 0
    ? "nothing: everything is as it was before that run"
    : "nothing: no change of that run stands any more";
}

/** Those of one key that follow each other stand below it together. */
function leftLines(left: readonly LeftChange[]): string[] {
  return left.flatMap((change, index) => {
    const heading = left[index - 1]?.key === change.key ? [] : [`  - ${change.key}`];
    return [...heading, ...wrap("      ", leftText(change))];
  });
}

function leftText({ name, reason, now, wrote, was }: LeftChange): string {
  return name === undefined
    ? reason
    : `${valueName(name)}: ${reason}: now ${valueText(now)}, the run wrote ${valueText(wrote)}, before it ${valueText(was)}`;
}
