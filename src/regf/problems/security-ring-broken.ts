/** Two neighbours in the ring of security descriptors that do not refer to each other. */
import { problemKind } from "./problem-kind.ts";
import { place } from "./words.ts";

export const securityRingBroken = problemKind({
  code: "security-ring-broken",
  severity: "fatal",
  sentence: (it: { readonly next: number; readonly previousOfNext: number }) =>
    `The next security descriptor, at ${place(it.next)}, does not refer back but to ${place(it.previousOfNext)}`,
});
