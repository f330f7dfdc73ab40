/** A key in a cell that is larger than Windows accepts for one (ReactOS, cmcheck.c). */
import { problemKind } from "./problem-kind.ts";

export const keyTooLarge = problemKind({
  code: "key-too-large",
  severity: "fatal",
  sentence: (it: { readonly size: number; readonly largest: number }) =>
    `A key's cell holds ${it.size} bytes; Windows accepts at most ${it.largest}`,
});
