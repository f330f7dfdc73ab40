/** Whether an image is as it was meant to be, and what differs. */
import type { Difference, VerifyResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import { fields, wrap } from "../lines.ts";
import { valueName, valueText } from "../registry.ts";
import { counted } from "../words.ts";
import { firstBootLines } from "./first-boot.ts";
import { imageFields, section, warningLines } from "./parts.ts";
import { sourceCount, sourceLines } from "./sources.ts";

const AGAINST = {
  profile: "the profile",
  receipt: "the receipt of the last run",
  orphans: "the image's own orphans",
} as const satisfies Record<VerifyResult["against"]["kind"], string>;

/** What the outcomes of the sources tell of: a plan that was made to compare with, or the run whose receipt it is. */
const SOURCES_OF = {
  profile: "what apply would do",
  receipt: "what that run did",
  orphans: "what apply would do",
} as const satisfies Record<VerifyResult["against"]["kind"], string>;

export function verifyView(result: VerifyResult, detail: Detail): string[] {
  const { against, differences, sources } = result;
  const notices = [
    ...section(counted(differences.length, "difference"), differenceLines(differences)),
    ...warningLines(result.warnings),
  ];
  if (detail === "quiet") {
    return [...sourceLines(sources, detail), ...notices];
  }
  return [
    ...fields("", [
      ...imageFields(result.image),
      ["against", against.path === null ? AGAINST[against.kind] : `${AGAINST[against.kind]} ${against.path}`],
      ["result", differences.length === 0 ? "as it was meant" : "NOT as it was meant"],
    ]),
    ...section(`${SOURCES_OF[against.kind]} - ${sourceCount(sources)}`, sourceLines(sources, detail)),
    ...firstBootLines(result.firstBoot, detail),
    ...notices,
  ];
}

/** Those of one key that follow each other stand below it together. */
export function differenceLines(differences: readonly Difference[]): string[] {
  return differences.flatMap((difference, index) => {
    const { message, key } = difference;
    if (key === undefined) {
      return wrap("  - ", message);
    }
    const heading = differences[index - 1]?.key === key ? [] : [`  - ${key}`];
    return [...heading, ...wrap("      ", differenceOfKey(difference))];
  });
}

/** On one line. */
export function differenceText(difference: Difference): string {
  return difference.key === undefined ? difference.message : `${difference.key}: ${differenceOfKey(difference)}`;
}

function differenceOfKey({ message, name, meant, found }: Difference): string {
  if (name === undefined) {
    return message;
  }
  return `${valueName(name)}: meant ${valueText(meant)}, found ${valueText(found)}`;
}
