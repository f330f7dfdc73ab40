/** A security descriptor counts no more keys than use it. */
import { toFile } from "../../format/offsets.ts";
import { securityCountTooHigh } from "../../problems/security-count-too-high.ts";
import { rule } from "../rule.ts";

export const securityCountTooHighRule = rule(securityCountTooHigh, ({ isComplete }, report) => ({
  descriptor({ cell, keyCount, declaredCount }) {
    // Keys that could not be walked may be the ones that are missing.
    if (declaredCount <= keyCount || !isComplete()) return;
    report(toFile(cell), { declared: declaredCount, counted: keyCount });
  },
}));
