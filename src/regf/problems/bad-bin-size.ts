/** A bin whose end cannot be: Windows refuses the hive, or empties the bin where it heals one (ReactOS, HvpInitializeMemoryHive). */
import { problemKind } from "./problem-kind.ts";

export const badBinSize = problemKind({
  code: "bad-bin-size",
  severity: "fatal",
  sentence: (it: { readonly size: number; readonly available: number }) =>
    `A bin says that it has ${it.size} bytes; it must be a multiple of 4096, and ${it.available} bytes are left`,
});
