/** More data said to be in the value itself than it has room for. */
import { problemKind } from "./problem-kind.ts";

export const badInlineSize = problemKind({
  code: "bad-inline-size",
  severity: "fatal",
  sentence: (it: { readonly size: number }) => `A value holds ${it.size} bytes in itself, where 4 have room`,
});
