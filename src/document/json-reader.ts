/** Reads JSON as RFC 8259 defines it, and says what JSON.parse does not: where an error is, and which member is there twice. */
import { isValidNumber, lineAndColumn, type TextPosition, wordAt } from "./json-text.ts";

export type JsonPath = readonly (string | number)[];

export class JsonSyntaxError extends Error {
  readonly position: TextPosition;
  /** What the person can do about it. */
  readonly advice: string | undefined;

  constructor(message: string, position: TextPosition, advice?: string) {
    super(message);
    this.name = "JsonSyntaxError";
    this.position = position;
    this.advice = advice;
  }
}

export interface JsonText {
  readonly value: unknown;
  /** Members whose name the same object already has: JSON.parse would silently take the last one. */
  readonly repeated: readonly JsonPath[];
}

/** Deeper than any document of ours (the deepest has eight levels), and shallow enough for the stack. */
const MAX_DEPTH = 64;

/** A number of a document has at most twenty digits; more is damage. */
const MAX_NUMBER_LENGTH = 64;

export interface ReadOptions {
  readonly maxValueCount?: number | undefined;
  /** Is told the offset of every value, and of every member's name for its path. */
  readonly onValue?: ((path: JsonPath, offset: number) => void) | undefined;
}

/** Throws JsonSyntaxError. */
export function readJson(text: string, options: ReadOptions = {}): JsonText {
  const reader = new JsonReader(text, options);
  return { value: reader.document(), repeated: reader.repeated };
}

class JsonReader {
  readonly repeated: JsonPath[] = [];
  readonly #text: string;
  readonly #options: ReadOptions;
  readonly #path: (string | number)[] = [];
  #offset = 0;
  #valueCount = 0;

  constructor(text: string, options: ReadOptions) {
    this.#text = text;
    this.#options = options;
  }

  document(): unknown {
    const value = this.#value();
    this.#skipSpace();
    if (this.#offset < this.#text.length) {
      this.#fail(`the document has ended, but ${wordAt(this.#text, this.#offset)} follows`);
    }
    return value;
  }

  #value(): unknown {
    this.#skipSpace();
    this.#options.onValue?.(this.#path, this.#offset);
    this.#valueCount += 1;
    const { maxValueCount = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#valueCount > maxValueCount) this.#fail(`the document holds more than ${maxValueCount} values`);
    if (this.#path.length > MAX_DEPTH) this.#fail(`lists and objects are nested more than ${MAX_DEPTH} deep`);
    switch (this.#text[this.#offset]) {
      case "{":
        return this.#object();
      case "[":
        return this.#list();
      case '"':
        return this.#string();
      default:
        return this.#word();
    }
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#items("}", () => {
      const nameOffset = this.#offset;
      const name = this.#name();
      this.#path.push(name);
      if (Object.hasOwn(object, name)) this.repeated.push([...this.#path]);
      this.#expect(":", `a colon after the name ${JSON.stringify(name)}`);
      object[name] = this.#value();
      this.#options.onValue?.(this.#path, nameOffset);
      this.#path.pop();
    });
    return object;
  }

  #list(): unknown[] {
    const list: unknown[] = [];
    this.#items("]", () => {
      this.#path.push(list.length);
      list.push(this.#value());
      this.#path.pop();
    });
    return list;
  }

  /** What stands between brackets: items with commas between them, and none after the last. */
  #items(close: "}" | "]", readItem: () => void): void {
    const open = this.#offset;
    this.#offset += 1;
    this.#skipSpace();
    if (this.#take(close)) return;
    for (;;) {
      readItem();
      this.#skipSpace();
      if (this.#take(close)) return;
      const comma = this.#offset;
      if (this.#text[comma] === undefined) {
        this.#fail(`the text ends before the ${close} of what began in line ${lineAndColumn(this.#text, open).line}`);
      }
      this.#expect(",", `a comma or ${close}`);
      this.#skipSpace();
      if (this.#text[this.#offset] === close) {
        this.#offset = comma;
        this.#fail(`there is a comma before ${close}, but nothing follows it`, "remove this comma");
      }
    }
  }

  #name(): string {
    if (this.#text[this.#offset] !== '"') {
      this.#fail(`a name in double quotes is expected, not ${wordAt(this.#text, this.#offset)}`);
    }
    const offset = this.#offset;
    const name = this.#string();
    if (name === "__proto__") {
      this.#offset = offset;
      this.#fail('"__proto__" is a name that no document can hold');
    }
    return name;
  }

  #string(): string {
    const start = this.#offset;
    let hasEscape = false;
    let end = start + 1;
    for (let code = this.#text.charCodeAt(end); code !== 0x22; code = this.#text.charCodeAt(end)) {
      if (code === 0x5c) {
        hasEscape = true;
        end += this.#escapeLength(end);
      } else if (code >= 0x20) {
        end += 1;
      } else {
        this.#offset = Number.isNaN(code) ? start : end;
        this.#fail(
          Number.isNaN(code)
            ? "a text in double quotes has no end"
            : "a text in double quotes goes on over the end of its line, or holds a control character",
        );
      }
    }
    this.#offset = end + 1;
    return hasEscape ? JSON.parse(this.#text.slice(start, end + 1)) : this.#text.slice(start + 1, end);
  }

  #escapeLength(offset: number): number {
    const next = this.#text[offset + 1];
    if (next !== undefined && '"\\/bfnrt'.includes(next)) return 2;
    if (next === "u" && /^[0-9a-fA-F]{4}$/.test(this.#text.slice(offset + 2, offset + 6))) return 6;
    this.#offset = offset;
    this.#fail("a backslash begins something that JSON does not know", "write every backslash twice: PCI\\\\VEN_8086");
  }

  #word(): unknown {
    const word =
      /^[^\s,:[\]{}"']*/.exec(this.#text.slice(this.#offset, this.#offset + MAX_NUMBER_LENGTH + 1))?.[0] ?? "";
    const literals: Record<string, unknown> = { true: true, false: false, null: null };
    if (!Object.hasOwn(literals, word) && !isValidNumber(word)) {
      this.#fail(`a value is expected, not ${wordAt(this.#text, this.#offset)}`);
    }
    this.#offset += word.length;
    return Object.hasOwn(literals, word) ? literals[word] : Number(word);
  }

  #skipSpace(): void {
    while (" \t\r\n".includes(this.#text[this.#offset] ?? "end")) this.#offset += 1;
  }

  #take(character: string): boolean {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset += 1;
    return true;
  }

  #expect(character: string, what: string): void {
    this.#skipSpace();
    if (!this.#take(character)) this.#fail(`${what} is expected, not ${wordAt(this.#text, this.#offset)}`);
  }

  #fail(message: string, advice?: string): never {
    throw new JsonSyntaxError(message, lineAndColumn(this.#text, this.#offset), advice);
  }
}
