/** A file that begins as a hive, but has not even a whole base block. */
import { problemKind } from "./problem-kind.ts";

export const shortFile = problemKind({
  code: "short-file",
  severity: "fatal",
  sentence: (it: { readonly size: number; readonly needed: number }) =>
    `The file begins as a registry hive, but it has only ${it.size} of at least ${it.needed} bytes`,
});
