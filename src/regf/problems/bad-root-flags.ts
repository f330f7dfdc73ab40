/** A root that is not marked as one: RegSaveKey leaves that in the hive that it makes of a subkey, and Windows loads it. */
import { hexNumber as hex } from "../../bytes/hex.ts";
import { problemKind } from "./problem-kind.ts";

export const badRootFlags = problemKind({
  code: "bad-root-flags",
  severity: "warning",
  sentence: (it: { readonly flags: number }) =>
    `The root key's flags are ${hex(it.flags)}, which does not mark it as the root`,
});
