/** Small questions about a JSON text: where an offset is for a person, and what stands there. */
import { printable } from "../bytes/printable.ts";

export interface TextPosition {
  /** Counted from 1, as editors do. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units, as editors do. */
  readonly column: number;
}

/** Lines end with LF, CR LF or CR. */
export function lineAndColumn(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset; at += 1) {
    if (text[at] !== "\n" && (text[at] !== "\r" || text[at + 1] === "\n")) continue;
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** What stands at an offset, for a message: a word, one character, or the end. */
export function wordAt(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 64);
  if (rest === "") return "the end of the text";
  return quote(/^[^ \t\r\n,:[\]{}"/]+/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0));
}

/** A text in double quotes that cannot disturb a terminal, cut when it is long. */
export function quote(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return printable(JSON.stringify(cut));
}
