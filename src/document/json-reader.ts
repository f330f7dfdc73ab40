/** Reads JSON and says what JSON.parse does not: where an error is, which member is there twice, and where each value stands. */
import { type JSONVisitor, visit } from "jsonc-parser";
import { JsonSyntaxError, syntaxError } from "./json-syntax-error.ts";

export type JsonPath = readonly (string | number)[];

export interface JsonText {
  readonly value: unknown;
  /** Members whose name the same object already has: JSON.parse would silently take the last one. */
  readonly repeated: readonly JsonPath[];
}

/** Deeper than any document of ours (the deepest has eight levels), and shallow enough for the stack: jsonc-parser recurses. */
const MAX_DEPTH = 64;

/** Throws JsonSyntaxError at the first error. */
export function readJson(text: string, maxValueCount: number): JsonText {
  const run = endlessRun(text);
  if (run !== undefined) throw new JsonSyntaxError("blanks or backslashes go on without an end", text, run);
  const { visitor, repeated } = examiner(text, maxValueCount);
  visit(text, visitor, { disallowComments: true });
  return { value: JSON.parse(text), repeated };
}

/** Tells the offset of the whole, of every list item, and of every member's name. The text is one that readJson has read. */
export function visitPlaces(text: string, onPlace: (path: JsonPath, offset: number) => void): void {
  // The place of a member's value is the place of its name.
  const onValue = (path: JsonPath, offset: number): void => {
    if (typeof path.at(-1) !== "string") onPlace(path, offset);
  };
  visit(text, {
    onObjectBegin: (offset, _length, _line, _character, path) => onValue(path(), offset),
    onArrayBegin: (offset, _length, _line, _character, path) => onValue(path(), offset),
    onLiteralValue: (_value, offset, _length, _line, _character, path) => onValue(path(), offset),
    onObjectProperty: (name, offset, _length, _line, _character, path) => onPlace([...path(), name], offset),
  });
}

/** Its functions throw, which ends the visit: the parser neither goes deeper nor looks for further errors. */
function examiner(text: string, maxValueCount: number): { visitor: JSONVisitor; repeated: JsonPath[] } {
  const repeated: JsonPath[] = [];
  const open: { readonly offset: number; readonly names: Set<string> }[] = [];
  let valueCount = 0;
  const refuse = (message: string, offset: number): never => {
    throw new JsonSyntaxError(message, text, offset);
  };
  const onValue = (offset: number): void => {
    valueCount += 1;
    if (valueCount > maxValueCount) refuse(`the document holds more than ${maxValueCount} values`, offset);
  };
  const onBegin = (offset: number): void => {
    onValue(offset);
    if (open.length === MAX_DEPTH) refuse(`lists and objects are nested more than ${MAX_DEPTH} deep`, offset);
    open.push({ offset, names: new Set() });
  };
  const onEnd = (offset: number): void => {
    // At the end of the text everything ends for the parser; its error comes after that, and names what is open.
    if (offset < text.length) open.pop();
  };
  const visitor: JSONVisitor = {
    onObjectBegin: onBegin,
    onArrayBegin: onBegin,
    onObjectEnd: onEnd,
    onArrayEnd: onEnd,
    onLiteralValue: (_value, offset) => onValue(offset),
    onObjectProperty: (name, offset, _length, _line, _character, path) => {
      if (name === "__proto__") refuse('"__proto__" is a name that no document can hold', offset);
      const names = open.at(-1)?.names;
      if (names?.has(name)) repeated.push([...path(), name]);
      names?.add(name);
    },
    onError: (code, offset) => {
      throw syntaxError(text, code, offset, open.at(-1)?.offset ?? 0);
    },
  };
  return { visitor, repeated };
}

/** Far more than a text of a document holds. */
const MAX_RUN_LENGTH = 100_000;

/**
 * Where more than MAX_RUN_LENGTH blanks and backslashes follow each other without the end of a line or a text. jsonc-parser
 * gathers blanks and escapes one by one, each a string that holds the one before: 256 MiB of them take all memory.
 */
function endlessRun(text: string): number | undefined {
  let length = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset];
    if (character === " " || character === "\t" || character === "\\") length += 1;
    // A quote after a backslash does not end a text.
    else if (character === "\n" || character === "\r" || (character === '"' && text[offset - 1] !== "\\")) length = 0;
    if (length > MAX_RUN_LENGTH) return offset;
  }
  return undefined;
}
