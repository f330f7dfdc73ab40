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
      ...(detail === "verbose"
        ? ([["SHA-256", [`before ${result.hiveSha256.before}`, `after  ${result.hiveSha256.after}`]]] as const)
        : []),
    ]),
    ...warningLines(result.warnings),
  ];
}
