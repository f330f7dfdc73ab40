/** A size of the bins that no hive can have: it is a multiple of 4096, and below 2 GiB. */
import { problemKind } from "./problem-kind.ts";

export const badBinsSize = problemKind({
  code: "bad-bins-size",
  severity: "fatal",
  sentence: (it: { readonly size: number }) =>
    `The base block says that the bins have ${it.size} bytes, which cannot be`,
});
