/** Reads the values of one settings key and remembers those that are not what they should be. */
import type { Key } from "../../regf/index.ts";
import type { UnreadableSetting } from "../model/settings.ts";
import { registryData } from "../registry-data.ts";
import { numberOf, type TypedBytes, textOf, textsOf } from "../registry-values.ts";

export class SettingReader {
  readonly unreadable: UnreadableSetting[] = [];
  readonly #key: Key | undefined;

  constructor(key: Key | undefined) {
    this.#key = key;
  }

  text(name: string): string | undefined {
    return this.#read(name, textOf, "is not a text (REG_SZ)");
  }

  /** Empty when the value is missing. */
  texts(name: string): readonly string[] {
    return this.#read(name, textsOf, "is not a list of texts (REG_MULTI_SZ)") ?? [];
  }

  number(name: string): number | undefined {
    return this.#read(name, numberOf, "is not a number (REG_DWORD of four bytes)");
  }

  /** Tells that a value, though of the right type, says nothing sensible. Of several things in one value the first is kept. */
  refuse(name: string, reason: string): void {
    const value = this.#key?.value(name);
    if (value === undefined || this.unreadable.some((known) => known.name === name)) return;
    this.unreadable.push({ name, value: registryData(value), reason });
  }

  #read<T>(name: string, convert: (value: TypedBytes) => T | undefined, otherwise: string): T | undefined {
    const value = this.#key?.value(name);
    if (value === undefined) return undefined;
    const converted = convert(value);
    if (converted === undefined) this.refuse(name, otherwise);
    return converted;
  }
}
