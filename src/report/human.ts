/** A whole report for a person: what the view says, and at the end what the exit code means when it is not 0. */
import type { ExitCode } from "../exit/codes.ts";
import { exitLine } from "./exit-meaning.ts";
import { asText } from "./lines.ts";
import type { Detail, View } from "./detail.ts";

/** Empty when there is nothing to tell (quiet, and all done). */
export function humanReport<Result extends { readonly exitCode: ExitCode }>(
  view: View<Result>,
  result: Result,
  detail: Detail,
): string {
  const lines = view(result, detail);
  const last = result.exitCode === 0 ? [] : ["", exitLine(result.exitCode)];
  const all = [...lines, ...last];
  return asText(all[0] === "" ? all.slice(1) : all);
}
