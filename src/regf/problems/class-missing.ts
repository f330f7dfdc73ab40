/** A key with a class name but no cell for it: Windows drops the class. */
import { problemKind } from "./problem-kind.ts";

export const classMissing = problemKind({
  code: "class-missing",
  severity: "warning",
  sentence: (it: { readonly size: number }) => `A key has a class name of ${it.size} bytes, but no cell for it`,
});
