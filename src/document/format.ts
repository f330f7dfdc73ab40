/** Writes a document: two spaces, small things on one line each, a newline at the end. */
import { DOCUMENT_KINDS, type DocumentKind } from "./kinds.ts";

/** Longer lines are hard to read beside each other. */
const ONE_LINE_LENGTH = 100;

/**
 * The document as text: `$schema` and the format number first, then the members in the order given. Members that are
 * undefined are left out.
 */
export function formatDocument(kind: DocumentKind, members: Readonly<Record<string, unknown>>): string {
  const { schemaId, field, format } = DOCUMENT_KINDS[kind];
  const { $schema, [field]: _format, ...rest } = members;
  return `${formatLines({ $schema: $schema ?? schemaId, [field]: format, ...rest }, "")}\n`;
}

/** As it stands in a document, on lines that begin with `indent` from the second on. */
export function formatValue(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const line = oneLine(value);
  return line !== undefined && indent.length + line.length <= ONE_LINE_LENGTH ? line : formatLines(value, indent);
}

function formatLines(value: object, indent: string): string {
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items = Array.isArray(value)
    ? value.map((item) => formatValue(item, inner))
    : present(value).map(([name, member]) => `${JSON.stringify(name)}: ${formatValue(member, inner)}`);
  return `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
}

/** An object or a list that holds no further objects, on one line: `{ "address": "10.0.0.5", "prefixLength": 24 }`. */
function oneLine(value: object): string | undefined {
  if (Array.isArray(value)) {
    if (value.some((item) => typeof item === "object" && item !== null)) return undefined;
    return `[${value.map((item) => JSON.stringify(item) ?? "null").join(", ")}]`;
  }
  const members = present(value);
  if (members.length === 0) return "{}";
  if (members.some(([, member]) => typeof member === "object" && member !== null && !Array.isArray(member)))
    return undefined;
  const texts = members.map(([name, member]) => {
    const text = Array.isArray(member) ? oneLine(member) : JSON.stringify(member);
    return text === undefined ? undefined : `${JSON.stringify(name)}: ${text}`;
  });
  return texts.includes(undefined) ? undefined : `{ ${texts.join(", ")} }`;
}

function present(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}
