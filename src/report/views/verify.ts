/** Whether an image is as it was meant to be, and what differs. */
import type { Difference, VerifyResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import { fields, wrap } from "../lines.ts";
import { valueText } from "../registry.ts";
import { counted } from "../words.ts";
import { imageFields, section, warningLines } from "./parts.ts";
import { sourceCount, sourceLines } from "./sources.ts";

const AGAINST = {
  profile: "the profile",
  receipt: "the receipt of the last run",
  orphans: "the image's own orphans",
} as const satisfies Record<VerifyResult["against"]["kind"], string>;

export function verifyView(result: VerifyResult, detail: Detail): string[] {
  const { against, differences, sources } = result;
  const notices = [
    ...section(counted(differences.length, "difference"), differences.flatMap(differenceLines)),
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
    ...(sources.length === 0 ? [] : section(sourceCount(sources), sourceLines(sources, detail))),
    ...notices,
  ];
}

function differenceLines({ message, key, name, meant, found }: Difference): string[] {
  const value = name === undefined ? "" : `${name === "" ? "(Default)" : name}: `;
  return [
    ...wrap("  - ", message),
    ...(key === undefined ? [] : [`    ${key}`]),
    ...(meant === undefined && found === undefined
      ? []
      : wrap("    ", `${value}meant ${valueText(meant)}, found ${valueText(found)}`)),
  ];
}
