/** A base block whose checksum is wrong; met only where a dirty hive was accepted as it stands, and then it has been said already. */
import { hexNumber as hex } from "../../bytes/hex.ts";
import { problemKind } from "./problem-kind.ts";

export const badChecksum = problemKind({
  code: "bad-checksum",
  severity: "warning",
  sentence: (it: { readonly declared: number; readonly computed: number }) =>
    `The base block's checksum is ${hex(it.declared)}, but its bytes make ${hex(it.computed)}`,
});
