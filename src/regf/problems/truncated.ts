/** A file that ends before its bins do. */
import { problemKind } from "./problem-kind.ts";

export const truncated = problemKind({
  code: "truncated",
  severity: "fatal",
  sentence: (it: { readonly size: number; readonly available: number }) =>
    `The file is truncated: it should have at least ${it.size} bytes, and has ${it.available}`,
});
