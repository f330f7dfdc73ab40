/** A security descriptor that more keys use than it says: Windows frees it while keys still use it. */
import { problemKind } from "./problem-kind.ts";

export const securityCountTooLow = problemKind({
  code: "security-count-too-low",
  severity: "fatal",
  sentence: (it: { readonly declared: number; readonly counted: number }) =>
    `A security descriptor says that ${it.declared} keys use it, but ${it.counted} do`,
});
