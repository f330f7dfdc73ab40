/** A security descriptor counts all keys that use it. */
import { toFile } from "../../format/offsets.ts";
import { securityCountTooLow } from "../../problems/security-count-too-low.ts";
import { rule } from "../rule.ts";

export const securityCountTooLowRule = rule(securityCountTooLow, (_examined, report) => ({
  descriptor({ cell, keyCount, declaredCount }) {
    if (declaredCount < keyCount) report(toFile(cell), { declared: declaredCount, counted: keyCount });
  },
}));
