/** Reads .reg text line by line into the model. */
import { parseData, withoutComment } from "./data.ts";
import { regTextFailure, type TextPlace } from "./failure.ts";
import type { RegEntry, RegText, RegTextVersion, RegValue } from "./model.ts";
import { readQuoted } from "./quote.ts";

const HEADERS: Readonly<Record<string, RegTextVersion>> = {
  "windows registry editor version 5.00": "5.00",
  regedit4: "4",
};

/**
 * Reads a whole .reg text ("Windows Registry Editor Version 5.00" or REGEDIT4), already decoded (see `decodeRegFile`).
 * Throws Failure (invalidDocument) whose `at` is `name:line`.
 */
export function parseRegText(text: string, name = "text"): RegText {
  const lines = text.split(/\r\n|\n|\r/);
  const headerIndex = lines.findIndex((line) => line.trim() !== "");
  const version = HEADERS[(lines[headerIndex] ?? "").trim().toLowerCase()];
  if (version === undefined) {
    throw regTextFailure(
      { name, line: headerIndex + 1 || 1 },
      "its first line is not that of a .reg file",
      'the first line is "Windows Registry Editor Version 5.00"',
    );
  }
  return { version, entries: new Reader(lines, name, version).entries(headerIndex + 1) };
}

type OpenKey = Extract<RegEntry, { kind: "set-key" }> & { readonly values: RegValue[] };

class Reader {
  readonly #lines: readonly string[];
  readonly #name: string;
  readonly #version: RegTextVersion;
  #index = 0;
  #comments: string[] = [];

  constructor(lines: readonly string[], name: string, version: RegTextVersion) {
    this.#lines = lines;
    this.#name = name;
    this.#version = version;
  }

  entries(from: number): readonly RegEntry[] {
    const entries: RegEntry[] = [];
    let open: OpenKey | undefined;
    for (this.#index = from; this.#index < this.#lines.length; this.#index++) {
      const line = (this.#lines[this.#index] ?? "").trim();
      if (line === "") continue;
      if (line.startsWith(";")) {
        this.#comments.push(line.slice(1));
      } else if (line.startsWith("[")) {
        const entry = this.#key(line);
        open = entry.kind === "set-key" ? entry : undefined;
        entries.push(entry);
      } else if (open === undefined) {
        throw regTextFailure(this.#place(), `${JSON.stringify(line)} belongs to no key`, "a [key] comes first");
      } else {
        open.values.push(this.#value(line));
      }
    }
    return entries;
  }

  #place(): TextPlace {
    return { name: this.#name, line: this.#index + 1 };
  }

  /** A key's name may hold brackets, so the last one closes; only a comment may follow. */
  #key(line: string): OpenKey | Extract<RegEntry, { kind: "delete-key" }> {
    const place = this.#place();
    const [, deletes = "", path = ""] = /^\[(-?)(.*)\]\s*(?:;[^\]]*)?$/.exec(line) ?? [];
    if (path.trim() === "") {
      throw regTextFailure(place, `${JSON.stringify(line)} is not a key`, "write [HKEY_LOCAL_MACHINE\\SYSTEM\\Select]");
    }
    const where = { line: place.line, comments: this.#takeComments() };
    return deletes === "-" ? { kind: "delete-key", path, ...where } : { kind: "set-key", path, values: [], ...where };
  }

  #value(line: string): RegValue {
    const place = this.#place();
    const name = line.startsWith("@") ? { text: "", end: 1 } : line.startsWith('"') ? readQuoted(line, 0) : undefined;
    const equals = name === undefined ? -1 : line.slice(name.end).search(/\S/) + name.end;
    if (name === undefined || line[equals] !== "=") {
      throw regTextFailure(place, `${JSON.stringify(line)} is no key, value or comment`, 'write "name"=data or @=data');
    }
    const where = { line: place.line, comments: this.#takeComments() };
    const data = parseData(this.#joined(line.slice(equals + 1).trimStart()), this.#version, place);
    return data === "delete"
      ? { kind: "delete-value", name: name.text, ...where }
      : { kind: "set-value", name: name.text, ...data, ...where };
  }

  /** Hexadecimal data goes on on the next line after a backslash. */
  #joined(first: string): string {
    if (!/^hex/i.test(first)) return first;
    const parts: string[] = [];
    let part = withoutComment(first);
    while (part.endsWith("\\")) {
      parts.push(part.slice(0, -1));
      this.#index += 1;
      part = withoutComment(this.#lines[this.#index] ?? "");
      if (part === "" || /[[\]"=]/.test(part)) {
        throw regTextFailure(this.#place(), "the line before ends with a backslash, but its data does not go on here");
      }
    }
    return [...parts, part].join("");
  }

  #takeComments(): readonly string[] {
    const comments = this.#comments;
    this.#comments = [];
    return comments;
  }
}
