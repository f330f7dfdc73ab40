/** Reads XML into elements that know where they stand in the text, so that a part can be changed and every other byte stays. */
import { SaxesParser, type SaxesTagNS } from "saxes";

interface XmlAttribute {
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

/** Offsets are UTF-16 units of the text that was read. */
export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** As it is written: "" or "u". */
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  /** Prefixes that the element itself declares, with what they stand for. */
  readonly declares: Readonly<Record<string, string>>;
  readonly parent: XmlElement | undefined;
  readonly children: readonly XmlElement[];
  /** Character data between the children, joined. */
  readonly text: string;
  /** Of its first "<". */
  readonly start: number;
  /** Behind the ">" of its start tag. */
  readonly openEnd: number;
  /** Of the "<" of its end tag; of an empty tag (`<a/>`) it is `openEnd`. */
  readonly closeStart: number;
  /** Behind its last ">". */
  readonly end: number;
}

/** The text is not well-formed; line and column are counted from 1. */
export class XmlSyntaxError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.name = "XmlSyntaxError";
    this.line = line;
    this.column = column;
  }
}

/** Deeper than any answer file (about twelve levels), so that a hostile one ends early. */
const MAX_DEPTH = 64;

type Growing = { -readonly [Name in keyof XmlElement]: XmlElement[Name] } & { children: Growing[] };

/** The root element. Entities that only a DTD could define are errors, and a DTD is never fetched. Throws XmlSyntaxError at the first error. */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const fail = (message: string): never => {
    throw new XmlSyntaxError(message, parser.line, Math.max(parser.column, 1));
  };
  const open: Growing[] = [];
  let root: Growing | undefined;
  let start = 0;
  parser.on("error", ({ message }) => fail(message.replace(/^\d+:\d+: /, "").replace(/\.$/, "")));
  parser.on("opentagstart", () => {
    start = text.lastIndexOf("<", parser.position - 1);
  });
  parser.on("opentag", (tag) => {
    if (open.length === MAX_DEPTH) fail(`elements are nested more than ${MAX_DEPTH} deep`);
    const parent = open.at(-1);
    const element = elementOf(tag, parent, start, parser.position);
    parent?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (data: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += data;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", ({ isSelfClosing }) => {
    const element = open.pop();
    if (element === undefined) return;
    element.end = parser.position;
    element.closeStart = isSelfClosing ? element.openEnd : text.lastIndexOf("<", parser.position - 1);
  });
  parser.write(text).close();
  return root ?? fail("there is no element");
}

function elementOf(tag: SaxesTagNS, parent: Growing | undefined, start: number, openEnd: number): Growing {
  const { uri, local, prefix, attributes, ns } = tag;
  return {
    uri,
    local,
    prefix,
    attributes: Object.values(attributes).map((one) => ({ uri: one.uri, local: one.local, value: one.value })),
    declares: { ...ns },
    parent,
    children: [],
    text: "",
    start,
    openEnd,
    closeStart: openEnd,
    end: openEnd,
  };
}

/** The value of an attribute that has no prefix. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((one) => one.local === local && one.uri === "")?.value;
}

/** The prefix, not the empty one, by which the namespace can be named inside the element; undefined when there is none. */
export function prefixFor(element: XmlElement, uri: string): string | undefined {
  const hidden = new Set<string>();
  for (let place: XmlElement | undefined = element; place !== undefined; place = place.parent) {
    for (const [prefix, meaning] of Object.entries(place.declares)) {
      if (meaning === uri && prefix !== "" && !hidden.has(prefix)) return prefix;
      hidden.add(prefix);
    }
  }
  return undefined;
}
