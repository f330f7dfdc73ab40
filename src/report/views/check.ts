/** The integrity of a hive and its logs. */
import type { CheckResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import type { DifferenceKind, TreeDifference } from "../../regf/index.ts";
import { fields, wrap } from "../lines.ts";
import { counted } from "../words.ts";
import { hiveStateFields, problemLines, section, warningLines } from "./parts.ts";

export function checkView(result: CheckResult, detail: Detail): string[] {
  const { image, hive, problems } = result;
  const notices = [
    ...section(counted(problems.length, "problem"), problemLines(problems, detail)),
    ...section("what --force dirty would lose", forcingLines(result.forcing)),
    ...warningLines(result.warnings),
  ];
  if (detail === "quiet") {
    return notices;
  }
  const fatal = problems.filter((problem) => problem.severity === "fatal").length;
  return [
    ...fields("", [
      ["hive", image.hive],
      ["version", hive?.version],
      ...(hive === null ? [] : hiveStateFields(hive)),
      ["checked", checkedText(result)],
      ["result", verdict(result, fatal)],
    ]),
    ...(detail === "verbose" ? section("what the replay changes", differenceLines(hive?.replay?.difference)) : []),
    ...notices,
  ];
}

/** Counts of zero would say that the hive is empty. */
function checkedText({ counts, problems, forcing, hive }: CheckResult): string {
  const isUnopened = forcing !== null || hive === null || (counts.keys === 0 && problems.length > 0);
  return isUnopened
    ? "nothing: it cannot be opened"
    : `${counted(counts.keys, "key")}, ${counted(counts.values, "value")}`;
}

function forcingLines(forcing: CheckResult["forcing"]): string[] {
  return forcing === null ? [] : forcing.loses.flatMap((sentence) => wrap("  - ", sentence));
}

const KINDS: Readonly<Record<DifferenceKind, string>> = {
  "key-added": "key more",
  "key-removed": "key fewer",
  "value-added": "value more",
  "value-removed": "value fewer",
  "value-changed": "value other",
};

function differenceLines(difference: TreeDifference | null | undefined): string[] {
  const listed = difference?.listed ?? [];
  return listed.flatMap(({ kind, key, name }) =>
    wrap(`  ${KINDS[kind].padEnd(11)}  `, name === undefined ? key : `${key} | ${name === "" ? "(Default)" : name}`),
  );
}

function verdict({ problems, forcing }: CheckResult, fatal: number): string {
  if (problems.length === 0) {
    return "sound";
  }
  if (forcing !== null) {
    return "DIRTY: without its logs it is not used, unless --force dirty says so";
  }
  return fatal === 0 ? "sound, with remarks that Windows tolerates" : `DAMAGED: ${fatal} fatal`;
}
