/** A subkey list without entries: Windows frees a list with its last entry. */
import { problemKind } from "./problem-kind.ts";

export const emptyList = problemKind({
  code: "empty-list",
  severity: "fatal",
  sentence: () => "A subkey list is empty",
});
