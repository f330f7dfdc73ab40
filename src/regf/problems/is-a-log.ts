/** A log taken for its hive: the two begin alike, and differ in the type. */
import { problemKind } from "./problem-kind.ts";

export const isALog = problemKind({
  code: "is-a-log",
  severity: "fatal",
  sentence: (it: { readonly fileType: number }) =>
    `This is the log of a registry hive (type ${it.fileType}), not the hive itself`,
});
