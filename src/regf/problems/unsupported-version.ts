/** A version of the format that this engine does not read, or does not edit. */
import { problemKind } from "./problem-kind.ts";

export const unsupportedVersion = problemKind({
  code: "unsupported-version",
  severity: "fatal",
  sentence: (it: { readonly major: number; readonly minor: number }) =>
    `Version ${it.major}.${it.minor} of the hive format is not supported`,
});
