/** One entry of an INF file: its key and fields, with quotes, comments and lines that go on in the next one resolved. */

/** Characters of a field (Microsoft, "General Syntax Rules for INF Files": 4096 with the closing NUL). */
export const MAX_FIELD_LENGTH = 4095;

export interface InfEntry {
  /** What stands before the equals sign; undefined where there is none. */
  readonly key: string | undefined;
  /** String tokens (`%Vendor%`) stand as they are written. */
  readonly fields: readonly string[];
}

export interface ReadEntry {
  /** Undefined for an empty line and a comment. */
  readonly entry: InfEntry | undefined;
  /** Where the next line begins. */
  readonly end: number;
}

/** A field in the making: white space around it is dropped, but not what is in quotes. */
class Field {
  #text = "";
  /** Up to here the text is kept at the end. */
  #kept = 0;

  add(character: string): void {
    if (character === " " || character === "\t") {
      if (this.#text !== "") this.#text += character;
    } else {
      this.keep(character);
    }
  }

  keep(text: string): void {
    this.#text += text;
    this.#kept = this.#text.length;
  }

  take(): string {
    const text = this.#text.slice(0, Math.min(this.#kept, MAX_FIELD_LENGTH));
    this.#text = "";
    this.#kept = 0;
    return text;
  }
}

/** Reads the entry that begins at `start`. Whatever the text is, it goes forward and never throws. */
export function readEntry(text: string, start: number): ReadEntry {
  const field = new Field();
  const fields: string[] = [];
  let key: string | undefined;
  let at = start;
  while (at < text.length && !isLineEnd(text[at])) {
    const character = text.charAt(at);
    if (character === ";") {
      at = lineEnd(text, at);
    } else if (character === '"') {
      at = readQuoted(text, at, field);
    } else if (character === "%") {
      at = readToken(text, at, field);
    } else if (character === "\\" && continuesAt(text, at)) {
      at = nextLine(text, lineEnd(text, at));
    } else {
      if (character === "=" && key === undefined && fields.length === 0) key = field.take();
      else if (character === ",") fields.push(field.take());
      else field.add(character);
      at++;
    }
  }
  const last = field.take();
  const isEmpty = key === undefined && fields.length === 0 && last === "";
  return { entry: isEmpty ? undefined : { key, fields: [...fields, last] }, end: nextLine(text, at) };
}

/** A quote in quotes is doubled; quotes that nobody closes end with the line. */
function readQuoted(text: string, start: number, field: Field): number {
  let at = start + 1;
  while (at < text.length && !isLineEnd(text[at])) {
    if (text[at] !== '"') field.keep(text.charAt(at));
    else if (text[at + 1] === '"') field.keep(text.charAt(at++));
    else return at + 1;
    at++;
  }
  return at;
}

/** `%Vendor; Inc%`: in a token a semicolon begins no comment. */
function readToken(text: string, start: number, field: Field): number {
  let close = start + 1;
  while (close < text.length && text[close] !== "%" && !isLineEnd(text[close])) close++;
  const end = text[close] === "%" ? close + 1 : start + 1;
  field.keep(text.slice(start, end));
  return end;
}

/** A backslash with nothing but a comment behind it. */
function continuesAt(text: string, at: number): boolean {
  for (let next = at + 1; next < text.length; next++) {
    const character = text[next];
    if (character === ";" || isLineEnd(character)) return true;
    if (character !== " " && character !== "\t") return false;
  }
  return true;
}

function isLineEnd(character: string | undefined): boolean {
  return character === "\r" || character === "\n";
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineEnd(text[at])) at++;
  return at;
}

function nextLine(text: string, end: number): number {
  return text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : Math.min(end + 1, text.length);
}
