/** Two sequences that differ; met only where a dirty hive was accepted as it stands, and then it has been said already. */
import { problemKind } from "./problem-kind.ts";

export const sequencesDiffer = problemKind({
  code: "sequences-differ",
  severity: "warning",
  sentence: (it: { readonly primarySequence: number; readonly secondarySequence: number }) =>
    `The hive was not written completely: its sequences are ${it.primarySequence} and ${it.secondarySequence}`,
});
