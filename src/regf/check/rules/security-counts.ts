/** A descriptor knows how many keys use it. Too few is dangerous: it is freed while keys use it. Too many is not: Windows itself leaves that after healing a hive. */
import { toFile } from "../../format/offsets.ts";
import { SECURITY } from "../../format/security.ts";
import type { Rule } from "../rule.ts";

export const securityCounts: Rule = {
  name: "security-counts",
  hive({ bins, security, findings, isComplete }) {
    for (const [cell, counted] of security.keyCounts) {
      const declared = bins.get(cell, SECURITY.fields.referenceCount);
      const detail = { declared, counted };
      if (declared < counted) findings.add(toFile(cell), { code: "security-count-too-low", ...detail });
      // Keys that could not be walked may be the ones that are missing.
      else if (declared > counted && isComplete())
        findings.add(toFile(cell), { code: "security-count-too-high", ...detail });
    }
  },
};
