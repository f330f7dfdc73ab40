/** A security descriptor that is none: Windows rejects such bytes wherever it is asked (RtlValidRelativeSecurityDescriptor), and is said to look at every one when it loads a hive (Project Zero, "The Windows Registry Adventure" #5). */
import { problemKind } from "./problem-kind.ts";

export const badDescriptor = problemKind({
  code: "bad-descriptor",
  severity: "fatal",
  sentence: (it: { readonly part: string; readonly reason: string }) =>
    `A security descriptor is not valid: ${it.part} ${it.reason}`,
});
