/** A class name that ends with half a character of UTF-16. */
import { problemKind } from "./problem-kind.ts";

export const oddClassSize = problemKind({
  code: "odd-class-size",
  severity: "warning",
  sentence: (it: { readonly size: number }) => `A key's class name has ${it.size} bytes, where each character has two`,
});
