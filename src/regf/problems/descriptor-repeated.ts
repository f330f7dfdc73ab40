/** The same security descriptor held twice: Windows looks for an equal one first (NT 4 did not; none in 37 real hives of version 1.5 and 1.6). */
import { problemKind } from "./problem-kind.ts";
import { place } from "./words.ts";

export const descriptorRepeated = problemKind({
  code: "descriptor-repeated",
  severity: "warning",
  sentence: (it: { readonly first: number }) => `The same security descriptor is held at ${place(it.first)} already`,
});
