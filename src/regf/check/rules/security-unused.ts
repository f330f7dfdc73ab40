/** Every security descriptor of the ring is used by a key; one that says it is, and is not, counts too high. */
import { toFile } from "../../format/offsets.ts";
import { securityUnused } from "../../problems/security-unused.ts";
import { rule } from "../rule.ts";

export const securityUnusedRule = rule(securityUnused, (_examined, report) => ({
  descriptor({ cell, keyCount, declaredCount }) {
    if (declaredCount === 0 && keyCount === 0) report(toFile(cell), {});
  },
}));
