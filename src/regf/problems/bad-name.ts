/** A name of a length that cannot be. */
import { problemKind } from "./problem-kind.ts";

export const badName = problemKind({
  code: "bad-name",
  severity: "fatal",
  sentence: (it: {
    readonly structure: "key" | "value";
    readonly size: number;
    readonly reason: "empty" | "too long" | "odd size";
  }) => `The name of a ${it.structure} (${it.size} bytes) is wrong: ${it.reason}`,
});
