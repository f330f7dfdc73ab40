/** A key's security descriptor that the ring does not lead to: Windows loads the ring. */
import { problemKind } from "./problem-kind.ts";

export const securityOutsideRing = problemKind({
  code: "security-outside-ring",
  severity: "fatal",
  sentence: () => "A key's security descriptor is not in the ring of the hive's descriptors",
});
