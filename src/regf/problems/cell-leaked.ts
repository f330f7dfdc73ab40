/** A cell in use that nothing refers to: lost room. Windows leaves some after it healed a hive, and no clean hive has one. */
import { problemKind } from "./problem-kind.ts";

export const cellLeaked = problemKind({
  code: "cell-leaked",
  severity: "warning",
  sentence: (it: { readonly size: number }) => `A cell of ${it.size} bytes is in use, but nothing refers to it`,
});
