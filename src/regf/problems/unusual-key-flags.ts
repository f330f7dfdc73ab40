/** A key marked as volatile or as another hive's mount point, which keys are in memory only (Maxim Suhanov's specification of the format, "Key node"). */
import { hexNumber as hex } from "../../bytes/hex.ts";
import { problemKind } from "./problem-kind.ts";

export const unusualKeyFlags = problemKind({
  code: "unusual-key-flags",
  severity: "warning",
  sentence: (it: { readonly flags: number }) =>
    `A key is marked as one that is in memory only (flags ${hex(it.flags)})`,
});
