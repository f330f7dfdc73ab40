/** A file of no bytes. */
import { problemKind } from "./problem-kind.ts";

export const emptyFile = problemKind({
  code: "empty-file",
  severity: "fatal",
  sentence: () => "The file is empty",
});
