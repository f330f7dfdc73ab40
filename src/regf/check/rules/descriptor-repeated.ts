/** No two security descriptors have the same bytes. */
import { sameBytes } from "../../../bytes/same.ts";
import { marvin32 } from "../../format/marvin32.ts";
import { toFile } from "../../format/offsets.ts";
import { descriptorRepeated } from "../../problems/descriptor-repeated.ts";
import { rule } from "../rule.ts";
import type { DescriptorVisit } from "../visits.ts";

/** Hives of version 1.3 can be as old as NT 4, which did not look for an equal one. */
const SHARED_MINOR = 5;

export const descriptorRepeatedRule = rule(descriptorRepeated, ({ hive }, report) => {
  const isLookedFor = hive.version.minor >= SHARED_MINOR;
  /** The first of each hash. */
  const met = new Map<bigint, DescriptorVisit>();
  return {
    descriptor(descriptor) {
      if (!isLookedFor || descriptor.bytes === undefined) return;
      const hash = marvin32(descriptor.bytes);
      const first = met.get(hash);
      if (first?.bytes === undefined) met.set(hash, descriptor);
      else if (sameBytes(first.bytes, descriptor.bytes)) report(toFile(descriptor.cell), { first: first.cell });
    },
  };
});
