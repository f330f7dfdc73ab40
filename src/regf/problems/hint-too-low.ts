/** A key that says of its longest subkey or value name, class or data that it is shorter: programs that size their buffers by it cannot read it. */
import { problemKind } from "./problem-kind.ts";

export const hintTooLow = problemKind({
  code: "hint-too-low",
  severity: "warning",
  sentence: (it: { readonly hint: string; readonly declared: number; readonly needed: number }) =>
    `A key says that its ${it.hint} is ${it.declared}, but it is ${it.needed}`,
});
