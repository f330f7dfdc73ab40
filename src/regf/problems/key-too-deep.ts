/** Keys below keys, deeper than Windows follows them (ReactOS, cmcheck.c). */
import { problemKind } from "./problem-kind.ts";

export const keyTooDeep = problemKind({
  code: "key-too-deep",
  severity: "fatal",
  sentence: (it: { readonly deepest: number }) => `Keys are nested deeper than ${it.deepest} levels`,
});
