/** A kind of list that Windows does not make in this version, though it reads it: `lh` since 1.5, `lf` and `li` before. */
import { problemKind } from "./problem-kind.ts";

export const unusualList = problemKind({
  code: "unusual-list",
  severity: "warning",
  sentence: (it: { readonly kind: string; readonly minor: number }) =>
    `A subkey list of kind "${it.kind}" is unusual in version 1.${it.minor}`,
});
