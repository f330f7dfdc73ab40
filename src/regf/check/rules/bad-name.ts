/** A name has a length that Windows allows. That UTF-16 has no half character, the walk has seen to: it cannot read one that does. */
import { toFile } from "../../format/offsets.ts";
import { MAX_CHECKED_KEY_NAME_LENGTH, MAX_VALUE_NAME_LENGTH } from "../../limits.ts";
import { badName } from "../../problems/bad-name.ts";
import { rule } from "../rule.ts";

export const badNameRule = rule(badName, (_examined, report) => ({
  key(key) {
    const { cell, name } = key;
    const size = storedSize(key);
    if (name === "") report(toFile(cell), { structure: "key", size, reason: "empty" }, key);
    if (name.length <= MAX_CHECKED_KEY_NAME_LENGTH) return;
    report(toFile(cell), { structure: "key", size, reason: "too long" }, key);
  },
  value(value, key) {
    if (value.name.length <= MAX_VALUE_NAME_LENGTH) return;
    report(toFile(value.cell), { structure: "value", size: storedSize(value), reason: "too long" }, key);
  },
}));

function storedSize({ name, compressed }: { readonly name: string; readonly compressed: boolean }): number {
  return compressed ? name.length : name.length * 2;
}
