/** The rules for names of keys and values, and for paths of keys. */
import { MAX_KEY_NAME_LENGTH, MAX_VALUE_NAME_LENGTH } from "../limits.ts";
import { EditError } from "./edit-error.ts";

/** "" is the root; otherwise names with a backslash between them. Throws EditError. */
export function splitKeyPath(path: string): string[] {
  if (path === "") return [];
  const names = path.split("\\");
  for (const name of names) {
    if (name === "") throw new EditError("bad-name", `The key path "${path}" has an empty name in it`);
    if (name.length > MAX_KEY_NAME_LENGTH) {
      throw new EditError("bad-name", `A key's name has at most ${MAX_KEY_NAME_LENGTH} characters, not ${name.length}`);
    }
  }
  return names;
}

/** "" is the default value. Throws EditError. */
export function checkValueName(name: string): void {
  if (name.length > MAX_VALUE_NAME_LENGTH) {
    throw new EditError(
      "bad-name",
      `A value's name has at most ${MAX_VALUE_NAME_LENGTH} characters, not ${name.length}`,
    );
  }
}
