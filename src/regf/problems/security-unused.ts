/** A security descriptor that no key uses, and that says so: Windows takes one out with the last key that used it. */
import { problemKind } from "./problem-kind.ts";

export const securityUnused = problemKind({
  code: "security-unused",
  severity: "warning",
  sentence: () => "A security descriptor is in the ring, but no key uses it",
});
