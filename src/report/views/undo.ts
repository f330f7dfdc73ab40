/** What was restored. */
import type { UndoResult } from "../../apply/results.ts";
import type { Detail } from "../detail.ts";
import { fields } from "../lines.ts";
import { imageFields, warningLines } from "./parts.ts";

export function undoView(result: UndoResult, detail: Detail): string[] {
  if (detail === "quiet") {
    return warningLines(result.warnings);
  }
  return [
    ...fields("", [
      ...imageFields(result.image),
      ["undone", `the run of ${result.appliedAt}`],
      ["receipt", result.receipt],
      ["restored", result.restored.length === 0 ? "nothing" : result.restored],
      ["removed", result.removed],
      ["hash was", detail === "verbose" ? result.hiveSha256.before : null],
      ["hash is", detail === "verbose" ? result.hiveSha256.after : null],
    ]),
    ...warningLines(result.warnings),
  ];
}
