/** The security descriptors form one ring, each referring back to the one that refers to it. */
import { toFile } from "../../format/offsets.ts";
import { SECURITY } from "../../format/security.ts";
import { securityRingBroken } from "../../problems/security-ring-broken.ts";
import { rule } from "../rule.ts";

export const securityRingBrokenRule = rule(securityRingBroken, ({ bins }, report) => ({
  descriptor({ cell, next }) {
    if (next === undefined) return;
    const previousOfNext = bins.get(next, SECURITY.fields.previous);
    if (previousOfNext !== cell) report(toFile(cell), { next, previousOfNext });
  },
}));
