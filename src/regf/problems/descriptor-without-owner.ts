/** A security descriptor without an owner or a group, which a valid one may lack and no real hive's does. */
import { problemKind } from "./problem-kind.ts";

export const descriptorWithoutOwner = problemKind({
  code: "descriptor-without-owner",
  severity: "warning",
  sentence: (it: { readonly part: "owner" | "group" }) => `A security descriptor has no ${it.part}`,
});
