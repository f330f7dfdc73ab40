/** Random edits for property tests: the same action on a hive and on the plain model, with names and sizes that meet each other often. */
import fc from "fast-check";
import { EditError, type HiveEdit } from "../../src/regf/index.ts";
import type { HiveModel } from "./hive-model.ts";

export interface Action {
  readonly text: string;
  /** The key that is edited, made or deleted. */
  readonly key: string;
  onHive(edit: HiveEdit): void;
  onModel(model: HiveModel): boolean;
}

/** Few names, so that actions hit what others made; cases that differ, Latin-1 and beyond, prefixes of each other. */
const READABLE_NAMES = [
  "a",
  "A",
  "ab",
  "B",
  "äÖ",
  "ß",
  "Straße",
  "ǆ",
  "ἀ",
  "日本語",
  "x".repeat(255),
  "name with spaces",
];

/** Half a surrogate pair is a name like any other; but hivex refuses it. */
const NAMES = [...READABLE_NAMES, "\ud800"];
const VALUE_NAMES = [...NAMES, "", "v".repeat(600)];

/** Around every threshold: inline, one cell, one segment, two segments. */
const SIZES = [0, 1, 3, 4, 5, 8, 12, 100, 4000, 4096, 16_343, 16_344, 16_345, 20_000, 32_687, 32_688, 32_689, 50_000];

const keyName = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "B", "日本語") },
  { weight: 1, arbitrary: fc.constantFrom(...NAMES) },
);
/** Below the root: mostly keys that other actions made. */
const somePath = fc.array(keyName, { minLength: 0, maxLength: 3 }).map((names) => names.join("\\"));
const type = fc.constantFrom(0, 1, 3, 4, 7, 11, 0xffff_0012);
const data = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...SIZES.slice(0, 8)) }, fc.constantFrom(...SIZES)),
    fc.nat(255),
  )
  .map(([size, seed]) => bytesOf(size, seed));

/** Recognisable bytes. */
export function bytesOf(size: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = index * 7 + seed;
  return bytes;
}

/** Value names that every witness can print. */
export const readableValueNames = [...READABLE_NAMES, ""];

export function setValue(key: string, name: string, type: number, data: Uint8Array): Action {
  return {
    key,
    text: `set ${key} | ${name} = ${type}, ${data.length} bytes`,
    onHive: (edit) => void edit.setValue(key, name, type, data),
    onModel: (model) => model.setValue(key, name, type, data),
  };
}

export function deleteValue(key: string, name: string): Action {
  return {
    key,
    text: `delete ${key} | ${name}`,
    onHive: (edit) => edit.deleteValue(key, name),
    onModel: (model) => model.deleteValue(key, name),
  };
}

export function renameValue(key: string, from: string, to: string): Action {
  return {
    key,
    text: `rename ${key} | ${from} to ${to}`,
    onHive: (edit) => void edit.renameValue(key, from, to),
    onModel: (model) => model.renameValue(key, from, to),
  };
}

export function createKey(key: string): Action {
  return {
    key,
    text: `create ${key}`,
    onHive: (edit) => void edit.createKey(key),
    onModel: (model) => model.createKey(key),
  };
}

export function deleteKey(key: string): Action {
  return {
    key,
    text: `delete ${key}`,
    onHive: (edit) => edit.deleteKey(key),
    onModel: (model) => model.deleteKey(key),
  };
}

/** Edits of the keys that `path` gives, and of keys that are not there. */
export function actionsOn(path: fc.Arbitrary<string>, names: readonly string[] = VALUE_NAMES): fc.Arbitrary<Action> {
  const valueName = fc.constantFrom(...names);
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(path, valueName, type, data).map((what) => setValue(...what)) },
    { weight: 2, arbitrary: fc.tuple(path, valueName).map((what) => deleteValue(...what)) },
    { weight: 1, arbitrary: fc.tuple(path, valueName, valueName).map((what) => renameValue(...what)) },
    { weight: 4, arbitrary: path.map(createKey) },
    { weight: 1, arbitrary: path.map(deleteKey) },
  );
}

/** On a hive that begins empty. */
export const action: fc.Arbitrary<Action> = actionsOn(somePath);

/** Does both, and makes sure that they agree on whether it can be done. */
export function perform(it: Action, edit: HiveEdit, model: HiveModel): void {
  const isPossible = it.onModel(model);
  try {
    it.onHive(edit);
  } catch (error) {
    if (error instanceof EditError && !isPossible) return;
    throw error;
  }
  if (!isPossible) throw new Error(`${it.text}: the hive did what the model could not`);
}
