/** A security descriptor that fewer keys use than it says: Windows itself leaves that after it healed a hive. */
import { problemKind } from "./problem-kind.ts";

export const securityCountTooHigh = problemKind({
  code: "security-count-too-high",
  severity: "warning",
  sentence: (it: { readonly declared: number; readonly counted: number }) =>
    `A security descriptor says that ${it.declared} keys use it, but only ${it.counted} do`,
});
