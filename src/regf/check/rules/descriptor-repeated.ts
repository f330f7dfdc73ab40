/** No two security descriptors have the same bytes. */
import { decodeLatin1 } from "../../../bytes/utf16.ts";
import { type CellOffset, toFile } from "../../format/offsets.ts";
import { descriptorRepeated } from "../../problems/descriptor-repeated.ts";
import { rule } from "../rule.ts";

/** Hives of version 1.3 can be as old as NT 4, which did not look for an equal one. */
const SHARED_MINOR = 5;

export const descriptorRepeatedRule = rule(descriptorRepeated, ({ hive }, report) => {
  const isLookedFor = hive.version.minor >= SHARED_MINOR;
  const met = new Map<string, CellOffset>();
  return {
    descriptor({ cell, bytes }) {
      if (!isLookedFor || bytes === undefined) return;
      const text = decodeLatin1(bytes); // a key for the map
      const first = met.get(text);
      if (first === undefined) met.set(text, cell);
      else report(toFile(cell), { first });
    },
  };
});
