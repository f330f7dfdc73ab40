/** A bin that was written for another place: Windows refuses the hive, or empties the bin where it heals one (ReactOS, HvpInitializeMemoryHive). */
import { problemKind } from "./problem-kind.ts";
import { place } from "./words.ts";

export const badBinOffset = problemKind({
  code: "bad-bin-offset",
  severity: "fatal",
  sentence: (it: { readonly declared: number; readonly actual: number }) =>
    `A bin says that it is at ${place(it.declared)}, but it is at ${place(it.actual)}`,
});
