/** Flags of a value that Windows does not write: a default value marked as compressed, or a bit that has no meaning in this version. */
import { hexNumber as hex } from "../../bytes/hex.ts";
import { problemKind } from "./problem-kind.ts";

export const unusualValueFlags = problemKind({
  code: "unusual-value-flags",
  severity: "warning",
  sentence: (it: { readonly flags: number; readonly minor: number }) =>
    `A value's flags are ${hex(it.flags)}, which is unusual in version 1.${it.minor}`,
});
