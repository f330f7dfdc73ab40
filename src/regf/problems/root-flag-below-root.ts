/** A second root: a hive has one key that is marked so, at its top. */
import { hexNumber as hex } from "../../bytes/hex.ts";
import { problemKind } from "./problem-kind.ts";

export const rootFlagBelowRoot = problemKind({
  code: "root-flag-below-root",
  severity: "fatal",
  sentence: (it: { readonly flags: number }) => `A key below the root is marked as the root (flags ${hex(it.flags)})`,
});
