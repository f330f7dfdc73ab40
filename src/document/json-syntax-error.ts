/** What is wrong with a JSON text, as a person needs it: the place, a sentence, and what helps. */
import { type ParseErrorCode, printParseErrorCode } from "jsonc-parser";
import { lineAndColumn, type TextPosition, wordAt } from "./json-text.ts";

export class JsonSyntaxError extends Error {
  readonly position: TextPosition;
  /** What the person can do about it. */
  readonly advice: string | undefined;

  constructor(message: string, text: string, offset: number, advice?: string) {
    super(message);
    this.name = "JsonSyntaxError";
    this.position = lineAndColumn(text, offset);
    this.advice = advice;
  }
}

/** The parser noticed the error at the token at `offset`, with `open` the offset of the bracket that is still open. */
export function syntaxError(text: string, code: ParseErrorCode, offset: number, open: number): JsonSyntaxError {
  const close = text[open] === "{" ? "}" : "]";
  const before = text.slice(0, offset).trimEnd();
  const expected = (what: string): JsonSyntaxError =>
    before.endsWith(",") && text[offset] === close
      ? new JsonSyntaxError(
          `there is a comma before ${close}, but nothing follows it`,
          text,
          before.length - 1,
          "remove this comma",
        )
      : new JsonSyntaxError(`${what} is expected, not ${wordAt(text, offset)}`, text, offset);
  const wordStart = startOfWord(text, offset);
  if (wordStart < offset) return wordError(text, wordStart);
  switch (printParseErrorCode(code)) {
    case "ValueExpected":
      return expected("a value");
    case "PropertyNameExpected":
      return expected("a name in double quotes");
    case "ColonExpected":
      return expected("a colon after the name");
    case "CommaExpected":
      return expected(`a comma or ${close}`);
    case "CloseBraceExpected":
    case "CloseBracketExpected": {
      const { line } = lineAndColumn(text, open);
      return new JsonSyntaxError(`the text ends before the ${close} of what began in line ${line}`, text, offset);
    }
    case "EndOfFileExpected":
      return new JsonSyntaxError(`the document has ended, but ${wordAt(text, offset)} follows`, text, offset);
    default:
      return text[offset] === '"' ? stringError(text, offset) : wordError(text, offset);
  }
}

/** Of `10.0.0.5` without quotes the parser takes 10.0 for a number and notices the rest; the person is to see the whole. */
function startOfWord(text: string, offset: number): number {
  if (!/[\w.+-]/.test(text[offset] ?? "")) return offset;
  return offset - (/[\w.+-]*$/.exec(text.slice(Math.max(0, offset - 64), offset))?.[0].length ?? 0);
}

function wordError(text: string, offset: number): JsonSyntaxError {
  const rest = text.slice(offset, offset + 2);
  if (rest === "//" || rest === "/*" || rest.startsWith("#")) {
    return new JsonSyntaxError("here is a comment (JSON has none)", text, offset, "remove it");
  }
  const message = `${wordAt(text, offset)} is neither a text in double quotes nor a number, true, false or null`;
  return new JsonSyntaxError(message, text, offset, "write names and texts in double quotes");
}

/** The parser notices a text as a whole; the person is led to the character. */
function stringError(text: string, start: number): JsonSyntaxError {
  // A whole escape, a backslash that does not begin one, or a control character.
  const notable = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})?|[^ -\uffff]/g;
  for (const { 0: found, index } of text.slice(start).matchAll(notable)) {
    if (found === "\\") {
      const message = "a backslash begins something that JSON does not know";
      return new JsonSyntaxError(message, text, start + index, "write every backslash twice: PCI\\\\VEN_8086");
    }
    if (found.length === 1) {
      const message = "a text in double quotes goes on over the end of its line, or holds a control character";
      return new JsonSyntaxError(message, text, start + index);
    }
  }
  return new JsonSyntaxError("a text in double quotes has no end", text, start);
}
