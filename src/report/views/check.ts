/** The integrity of a hive and its logs. */
import type { CheckResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import { fields } from "../lines.ts";
import { counted } from "../words.ts";
import { hiveStateFields, problemLines, section, warningLines } from "./parts.ts";

export function checkView(result: CheckResult, detail: Detail): string[] {
  const { image, hive, problems, counts } = result;
  const notices = [
    ...section(counted(problems.length, "problem"), problemLines(problems, detail)),
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
      ["checked", `${counted(counts.keys, "key")}, ${counted(counts.values, "value")}`],
      ["result", verdict(problems.length, fatal)],
    ]),
    ...notices,
  ];
}

function verdict(problems: number, fatal: number): string {
  if (problems === 0) {
    return "sound";
  }
  return fatal === 0 ? "sound, with remarks that Windows tolerates" : `DAMAGED: ${fatal} fatal`;
}
