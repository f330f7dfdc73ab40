/** The descriptors form one ring, each referring back to the one that refers to it. */
import { toFile } from "../../format/offsets.ts";
import { SECURITY } from "../../format/security.ts";
import type { Rule } from "../rule.ts";

const { fields: SK } = SECURITY;

export const securityLinks: Rule = {
  name: "security-links",
  hive({ bins, security, findings }) {
    for (const cell of security.keyCounts.keys()) {
      const next = bins.get(cell, SK.next);
      if (!security.keyCounts.has(next)) continue; // reported when it was met
      const previousOfNext = bins.get(next, SK.previous);
      if (previousOfNext !== cell) findings.add(toFile(cell), { code: "security-ring-broken", next, previousOfNext });
    }
  },
};
