/** An INF file by its sections (Microsoft, "General Syntax Rules for INF Files"). */
import { upcase } from "../../bytes/upcase.ts";
import { type InfEntry, MAX_FIELD_LENGTH, readEntry } from "./line.ts";

const HEADER = /[ \t]*\[([^\]\r\n]*)\][^\r\n]*(?:\r\n|\r|\n|$)/y;

export class Inf {
  readonly #sections: ReadonlyMap<string, readonly InfEntry[]>;
  #strings: ReadonlyMap<string, string> | undefined;

  constructor(sections: ReadonlyMap<string, readonly InfEntry[]>) {
    this.#sections = sections;
  }

  /** By name, without regard to case; sections of one name are one. Undefined when there is none. */
  section(name: string): readonly InfEntry[] | undefined {
    return this.#sections.get(upcase(name));
  }

  /** Of the sections whose names begin so, the rest of each name, in upper case. */
  endingsOf(beginning: string): readonly string[] {
    const start = upcase(beginning);
    const names = [...this.#sections.keys()].filter((name) => name.startsWith(start));
    return names.map((name) => name.slice(start.length));
  }

  /** The first field of the first entry with that key, its tokens replaced. */
  value(section: string, key: string): string | undefined {
    const wanted = upcase(key);
    const entry = this.section(section)?.find((candidate) => upcase(candidate.key ?? "") === wanted);
    const [first] = entry?.fields ?? [];
    return first === undefined ? undefined : this.text(first);
  }

  /** With `%token%` replaced by what [Strings] says, and `%%` by a percent sign; a token that is not there stays. */
  text(field: string): string {
    if (!field.includes("%")) return field;
    this.#strings ??= this.#readStrings();
    const strings = this.#strings;
    let room = MAX_FIELD_LENGTH;
    const replaced = field.replace(/%([^%]*)%/g, (whole, name: string) => {
      const text = room <= 0 ? "" : name === "" ? "%" : (strings.get(upcase(name)) ?? whole);
      room -= text.length;
      return text;
    });
    return replaced.slice(0, MAX_FIELD_LENGTH);
  }

  /** [Strings], and behind it those of a language ([Strings.0409]), which repeat it in other words. */
  #readStrings(): ReadonlyMap<string, string> {
    const strings = new Map<string, string>();
    const names = [...this.#sections.keys()].filter((name) => name.startsWith("STRINGS."));
    for (const { key, fields } of ["STRINGS", ...names].flatMap((name) => this.#sections.get(name) ?? [])) {
      const name = upcase(key ?? "");
      if (!strings.has(name)) strings.set(name, fields[0] ?? "");
    }
    return strings;
  }
}

/** Never throws: what makes no sense is in no section that anybody asks for. */
export function parseInf(text: string): Inf {
  const sections = new Map<string, InfEntry[]>();
  let entries: InfEntry[] = []; // before the first section: of no section
  for (let at = text.startsWith("\ufeff") ? 1 : 0; at < text.length; ) {
    HEADER.lastIndex = at;
    const header = HEADER.exec(text);
    if (header !== null) {
      const name = upcase((header[1] ?? "").trim());
      entries = sections.get(name) ?? [];
      sections.set(name, entries);
      at = HEADER.lastIndex;
    } else {
      const { entry, end } = readEntry(text, at);
      if (entry !== undefined) entries.push(entry);
      at = end;
    }
  }
  return new Inf(sections);
}
