/** Changes that are meant for a hive and not made yet, and how the hive would read with them. */
import { upcase } from "../../bytes/upcase.ts";
import type { Key } from "../../regf/index.ts";
import type { Change } from "../model/change.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import { isSameData, registryData } from "../registry-data.ts";

type ValueChange = Extract<Change, { kind: "set-value" | "delete-value" }>;

/** Every value is changed once, however often it is set, with what the hive holds as `was`; what would change nothing is left out. */
export class Draft {
  readonly #root: Key;
  readonly #keys = new Map<string, Key | undefined>();
  /** By upper-case path; the paths as they are written. */
  readonly #createdKeys = new Map<string, string>();
  /** By upper-case path and name, in the order in which the values were first changed. */
  readonly #values = new Map<string, ValueChange>();

  /** `root` must not be edited while the draft is used. */
  constructor(root: Key) {
    this.#root = root;
  }

  /** The key's path as the hive spells it; undefined when there is no such key. */
  pathOf(path: string): string | undefined {
    return this.#keyAt(path)?.path ?? this.#createdKeys.get(upcase(path));
  }

  value(path: string, name: string): RegistryData | undefined {
    const change = this.#values.get(placeOf(path, name));
    if (change === undefined) return this.#former(path, name)?.value;
    return change.kind === "set-value" ? { type: change.type, data: change.data } : undefined;
  }

  /** The names of the key's values, those of this draft included; none when there is no such key. */
  valueNames(path: string): string[] {
    const former = [...(this.#keyAt(path)?.values() ?? [])].map(({ name }) => name);
    const own = [...this.#values.values()].filter(({ key }) => upcase(key) === upcase(path)).map(({ name }) => name);
    const names = new Map([...former, ...own].map((name) => [upcase(name), name]));
    return [...names.values()].filter((name) => this.value(path, name) !== undefined);
  }

  /** The key's parent must exist; a key that exists already is left as it is. */
  createKey(path: string): void {
    if (this.pathOf(path) !== undefined) return;
    const cut = path.lastIndexOf("\\");
    const parent = this.pathOf(path.slice(0, cut));
    if (parent === undefined) throw new Error(`${path} cannot be created: its parent key does not exist`);
    this.#createdKeys.set(upcase(path), `${parent}${path.slice(cut)}`);
  }

  /** The key must exist, in the hive or in this draft. */
  set(path: string, name: string, value: RegistryData): void {
    const key = this.pathOf(path);
    if (key === undefined) throw new Error(`${path}: "${name}" cannot be set in a key that does not exist`);
    const former = this.#former(path, name);
    if (former !== undefined && isSameData(former.value, value)) {
      this.#values.delete(placeOf(path, name));
      return;
    }
    const { type, data } = value;
    const change: ValueChange = {
      kind: "set-value",
      key,
      name: former?.name ?? name,
      type,
      data,
      was: former?.value ?? null,
    };
    this.#values.set(placeOf(path, name), change);
  }

  /** What is not there needs no deleting. */
  delete(path: string, name: string): void {
    const former = this.#former(path, name);
    const key = this.pathOf(path);
    if (former === undefined || key === undefined) this.#values.delete(placeOf(path, name));
    else this.#values.set(placeOf(path, name), { kind: "delete-value", key, name: former.name, was: former.value });
  }

  /** In the order in which they must be made: keys, then values. */
  changes(): Change[] {
    const creations = [...this.#createdKeys.values()].map((key): Change => ({ kind: "create-key", key }));
    return [...creations, ...this.#values.values()];
  }

  #former(path: string, name: string): { readonly name: string; readonly value: RegistryData } | undefined {
    const found = this.#keyAt(path)?.value(name);
    return found === undefined ? undefined : { name: found.name, value: registryData(found) };
  }

  /** Looking a key up walks the lists of all its parents: each path is opened once. */
  #keyAt(path: string): Key | undefined {
    const place = upcase(path);
    if (!this.#keys.has(place)) this.#keys.set(place, this.#root.open(path));
    return this.#keys.get(place);
  }
}

function placeOf(path: string, name: string): string {
  return `${upcase(path)}\n${upcase(name)}`;
}
