/** A security descriptor that is none: Windows rejects such bytes wherever it is asked (RtlValidRelativeSecurityDescriptor), and Windows 10 looks at every one when it loads a hive. */
import { problemKind } from "./problem-kind.ts";

export const badDescriptor = problemKind({
  code: "bad-descriptor",
  severity: "fatal",
  sentence: (it: { readonly part: string; readonly reason: string }) =>
    `A security descriptor is not valid: ${it.part} ${it.reason}`,
});
