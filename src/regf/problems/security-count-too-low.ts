/** A security descriptor that more keys use than it says: Windows frees it while keys still use it. */
import { problemKind } from "./problem-kind.ts";

export const securityCountTooLow = problemKind({
  code: "security-count-too-low",
  severity: "fatal",
  sentence: (it: { readonly declared: number; readonly counted: number }) =>
    `A security descriptor's count of keys that use it is ${it.declared}, which is less than the ${it.counted} there are`,
});
