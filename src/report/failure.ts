/** A failure as text for stderr and as the document that `--json` prints. */
import { EXIT_CODES } from "../exit/codes.ts";
import type { Failure } from "../exit/failure.ts";
import { exitLine } from "./exit-meaning.ts";
import { asJson } from "./json.ts";
import { asText, fields, wrap } from "./lines.ts";

/** What went wrong, where, what to do, and what the exit code means. */
export function failureText(failure: Failure): string {
  return asText([
    ...messageLines(failure.message),
    ...fields("  ", [
      ["at", failure.at],
      ["do", failure.advice],
    ]),
    exitLine(failure.exitCode),
  ]);
}

/** A document's errors are listed in its message, a line each, indented there. */
function messageLines(message: string): string[] {
  const [first = "", ...others] = message.split("\n");
  const further = others.flatMap((line) => {
    const text = line.trimStart();
    return wrap(" ".repeat(line.length - text.length + 2), text);
  });
  return [...wrap("pint: ", first), ...further];
}

/** `{error: {code, exit, message, at, advice}, exitCode}`; what is not known is null. */
export function failureJson(failure: Failure): string {
  const { code, exit, message, at, advice } = failure;
  const error = { code: code ?? null, exit, message, at: at ?? null, advice: advice ?? null };
  return asJson({ error, exitCode: failure.exitCode });
}

/** A fault of the program itself: the stack is wanted, for the report that we ask for. */
export function internalErrorText(error: unknown, version: string, commandLine: readonly string[]): string {
  const stack = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
  return asText([
    "pint: internal error: this is a fault of pint, not of the image",
    ...stack.split("\n").map((line) => `  ${line.trimEnd()}`),
    "Please report it, with the lines above and this one:",
    `  pint ${version}: pint ${commandLine.join(" ")}`,
    ...wrap("", "What the run had done until then stands: pint verify tells how the image is."),
    exitLine(EXIT_CODES.internal),
  ]);
}

export function internalErrorJson(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  const document = { error: { code: null, exit: "internal", message, at: stack, advice: "please report it" } };
  return asJson({ ...document, exitCode: EXIT_CODES.internal });
}
