/** Small questions about a JSON text: where an offset is for a person, and what stands there. */

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
  for (const lineEnd of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line += 1;
    lineStart = lineEnd.index + lineEnd[0].length;
  }
  return { line, column: offset - lineStart + 1 };
}

/** What stands at an offset, for a message: a word, one character, or the end. */
export function wordAt(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 24);
  if (rest === "") return "the end of the text";
  if (rest.startsWith("//") || rest.startsWith("/*") || rest.startsWith("#")) return "a comment (JSON has none)";
  return quote(/^[\p{L}\p{N}_.+-]+/u.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0));
}

export function isValidNumber(word: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word);
}

/** A text in double quotes that cannot disturb a terminal, cut when it is long. */
export function quote(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
