/** A security descriptor that fewer keys use than it says: Windows itself leaves that after it healed a hive. */
import { problemKind } from "./problem-kind.ts";

export const securityCountTooHigh = problemKind({
  code: "security-count-too-high",
  severity: "warning",
  sentence: (it: { readonly declared: number; readonly counted: number }) =>
    `A security descriptor's count of keys that use it is ${it.declared}, which is more than the ${it.counted} there are`,
});
