/** Elements that are to be written into an answer file, and their text. */

export interface NewElement {
  readonly name: string;
  /** Attributes without a prefix. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** An item of a list: it says `wcm:action="add"`, and `wcm:keyValue` where it has a key. */
  readonly item?: { readonly key?: string | undefined };
  readonly content: string | readonly NewElement[];
}

/** How the file that they go into is written. */
export interface Style {
  readonly newline: "\n" | "\r\n";
  /** One level of indentation. */
  readonly unit: string;
  /** Of the elements' own namespace: "" where it is the default one. */
  readonly prefix: string;
  /** Of the namespace of `action` and `keyValue`. */
  readonly wcm: string;
}

/** Whose `action` makes an element an item of a list (Microsoft, unattend reference). */
export const WCM_NAMESPACE = "http://schemas.microsoft.com/WMIConfig/2002/State";

/** The element behind `indent`, without a line break after it. */
export function elementText(element: NewElement, indent: string, style: Style): string {
  const { name, attributes = {}, item, content } = element;
  const tag = qualified(style.prefix, name);
  const all = { ...attributes, ...(item === undefined ? {} : itemAttributes(item, style.wcm)) };
  const start = [tag, ...Object.entries(all).map(([key, value]) => `${key}="${escaped(value)}"`)].join(" ");
  if (typeof content === "string") return `${indent}<${start}>${escaped(content)}</${tag}>`;
  const children = content.map((child) => elementText(child, indent + style.unit, style));
  return [`${indent}<${start}>`, ...children, `${indent}</${tag}>`].join(style.newline);
}

function itemAttributes({ key }: { readonly key?: string | undefined }, wcm: string): Record<string, string> {
  const action = { [qualified(wcm, "action")]: "add" };
  return key === undefined ? action : { ...action, [qualified(wcm, "keyValue")]: key };
}

function qualified(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}:${name}`;
}

/** What is not ASCII is written as a number, so that it means the same in every encoding of the file. */
function escaped(text: string): string {
  const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text
    .replace(/[&<>"]/g, (character) => named[character] ?? character)
    .replace(/[^\x20-\x7e]/gu, (character) => `&#${character.codePointAt(0)};`);
}
