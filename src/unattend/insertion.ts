/** Where new elements go in a text, and how that text is indented. */
import { elementText, type NewElement, type Style } from "./new-element.ts";
import type { XmlElement } from "./xml-tree.ts";

/** What replaces the text from `start` to `end`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function spliced(text: string, { start, end, text: added }: Splice): string {
  return text.slice(0, start) + added + text.slice(end);
}

/** In the order in which the offsets of each stay right for the others. */
export function lastFirst(splices: readonly Splice[]): readonly Splice[] {
  return splices.toSorted((left, right) => right.start - left.start);
}

/** What takes the splice back from the text that it makes of `text`. */
export function inverse(text: string, { start, end, text: added }: Splice): Splice {
  return { start, end: start + added.length, text: text.slice(start, end) };
}

export function newlineOf(text: string): Style["newline"] {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** One level of indentation, as the first element inside another shows it; two spaces where none does. */
export function indentUnit(text: string, root: XmlElement): string {
  const [child] = root.children;
  const indent = child === undefined ? undefined : indentBefore(text, child.start);
  const outer = indentBefore(text, root.start) ?? "";
  return indent?.startsWith(outer) && indent.length > outer.length ? indent.slice(outer.length) : "  ";
}

/** The blanks between the line's beginning and `offset`; undefined where something else stands there. */
function indentBefore(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return /^[ \t]*$/.test(line) ? line : undefined;
}

/** As the last child of `parent`, behind everything that it holds, comments too. */
export function appended(text: string, parent: XmlElement, added: readonly NewElement[], style: Style): Splice {
  const outer = indentBefore(text, parent.start) ?? "";
  const inner = childIndent(text, parent) ?? outer + style.unit;
  const lines = added.map((element) => style.newline + elementText(element, inner, style)).join("");
  const content = text.slice(parent.openEnd, parent.closeStart);
  const start = parent.openEnd + content.trimEnd().length;
  if (parent.end === parent.closeStart) return openedTag(text, parent, `${lines}${style.newline}${outer}`);
  const after = text.slice(start, parent.closeStart).includes("\n") ? "" : style.newline + outer;
  return { start, end: start, text: lines + after };
}

/** `<a/>` becomes `<a>...</a>`. */
function openedTag(text: string, element: XmlElement, content: string): Splice {
  const tag = text.slice(element.start, element.end);
  const name = element.prefix === "" ? element.local : `${element.prefix}:${element.local}`;
  return {
    start: element.start,
    end: element.end,
    text: `${tag.replace(/\s*\/>$/, "")}>${content}</${name}>`,
  };
}

function childIndent(text: string, parent: XmlElement): string | undefined {
  const last = parent.children.at(-1);
  return last === undefined ? undefined : indentBefore(text, last.start);
}

/** In the place of an element. */
export function inPlaceOf(text: string, former: XmlElement, element: NewElement, style: Style): Splice {
  const indent = indentBefore(text, former.start) ?? "";
  return { start: former.start, end: former.end, text: elementText(element, indent, style).slice(indent.length) };
}

/** Out of the text, with the line that it stands on alone. */
export function without(text: string, former: XmlElement): Splice {
  const before = /\r?\n[ \t]*$/.exec(text.slice(0, former.start))?.[0].length ?? 0;
  return { start: former.start - before, end: former.end, text: "" };
}
