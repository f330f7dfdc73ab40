/** A list of lists below a list of lists: Windows knows one level. */
import { problemKind } from "./problem-kind.ts";

export const nestedList = problemKind({
  code: "nested-list",
  severity: "fatal",
  sentence: () => "A list of subkey lists holds another list of lists",
});
