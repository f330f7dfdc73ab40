/** A field of the base block that has one value in every hive, and has another here: Windows refuses the hive (ReactOS, HvpVerifyHiveHeader). */
import { problemKind } from "./problem-kind.ts";

export const unsupportedBaseBlock = problemKind({
  code: "unsupported-base-block",
  severity: "fatal",
  sentence: (it: { readonly field: string; readonly found: number; readonly expected: number }) =>
    `The base block's ${it.field} is ${it.found} instead of ${it.expected}; Windows refuses such a hive`,
});
