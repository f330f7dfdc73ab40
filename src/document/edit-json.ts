/** Changes one value in a document's text and leaves every other character as it is. */
import { applyEdits, findNodeAtLocation, modify, type Node, parseTree } from "jsonc-parser";
import { formatValue } from "./format.ts";
import type { JsonPath } from "./json-reader.ts";

/** `value` undefined: the member goes. Objects on the way that are missing are made. The text is one that a document's parser has accepted. */
export function editJson(text: string, path: JsonPath, value: unknown): string {
  const found = nodeAt(text, path);
  if (value === undefined) return found === undefined ? text : applyEdits(text, modify(text, [...path], undefined, {}));
  return found === undefined ? inserted(text, path, value) : replaced(text, found, value);
}

function replaced(text: string, { offset, length }: Node, value: unknown): string {
  return text.slice(0, offset) + valueText(text, value, indentAt(text, offset)) + text.slice(offset + length);
}

/** As the last member of the innermost object on the way that is there; what is below it and missing is made with it. */
function inserted(text: string, path: JsonPath, value: unknown): string {
  const depth = path.findLastIndex((_, index) => nodeAt(text, path.slice(0, index)) !== undefined);
  const parent = nodeAt(text, path.slice(0, depth));
  const whole = path.slice(depth + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  if (parent === undefined) return text;
  const last = parent.children?.at(-1);
  const name = JSON.stringify(path[depth]);
  if (last === undefined) {
    return replaced(text, parent, { [String(path[depth])]: whole });
  }
  const end = last.offset + last.length;
  const indent = indentAt(text, last.offset);
  const isOnLineOfItsOwn = text.slice(text.lastIndexOf("\n", last.offset - 1) + 1, last.offset).trim() === "";
  const gap = isOnLineOfItsOwn ? `${newlineOf(text)}${indent}` : " ";
  return `${text.slice(0, end)},${gap}${name}: ${valueText(text, whole, indent)}${text.slice(end)}`;
}

function valueText(text: string, value: unknown, indent: string): string {
  return formatValue(value, indent).replaceAll("\n", newlineOf(text));
}

/** The blanks that the line begins with. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))?.[0] ?? "";
}

function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function nodeAt(text: string, path: JsonPath): Node | undefined {
  const root = parseTree(text);
  return root === undefined ? undefined : findNodeAtLocation(root, [...path]);
}
