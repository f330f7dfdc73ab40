/** A file that does not begin as a hive does. */
import { problemKind } from "./problem-kind.ts";

export const notAHive = problemKind({
  code: "not-a-hive",
  severity: "fatal",
  sentence: (it: { readonly found: string }) =>
    `This is not a registry hive: it begins with ${it.found}, not with "regf"`,
});
