/** A number of subkeys that is not the number of entries in their lists. */
import { problemKind } from "./problem-kind.ts";

export const countDisagrees = problemKind({
  code: "count-disagrees",
  severity: "fatal",
  sentence: (it: { readonly what: "subkeys" | "values"; readonly declared: number; readonly counted: number }) =>
    `A key's count of ${it.what} is ${it.declared}, but its lists hold ${it.counted}`,
});
