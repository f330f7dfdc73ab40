/** A hive as libregf's regfexport sees it: names of keys and values, and class names, which hivex and reglookup do not show. */
import type { Key } from "../../../src/regf/index.ts";
import { runTool } from "../tools.ts";

/** The paths of all keys below the root, and `path|name` of all values, as they come. Throws when regfexport could not read the hive to its end. */
export function regfexportNames(hivePath: string): {
  readonly keys: readonly string[];
  readonly values: readonly string[];
} {
  const { status, stdout, stderr } = runTool("regfexport", [hivePath]);
  if (status !== 0) throw new Error(`regfexport: ${stderr.toString("utf8")}`);
  const keys: string[] = [];
  const values: string[] = [];
  for (const line of stdout.toString("utf8").split("\n")) {
    const [, key] = /^Key path: [^\\]*\\(.*)$/.exec(line) ?? [];
    if (key !== undefined) keys.push(key);
    const [, value] = /^Value: \d+ (.*)$/.exec(line) ?? [];
    if (value !== undefined) values.push(`${keys.at(-1) ?? ""}|${value}`);
  }
  return { keys, values };
}

/** `path|class name` for each key that has one, sorted. */
export function regfexportClassNames(hivePath: string): string[] {
  const { stdout } = runTool("regfexport", [hivePath]);
  const found: string[] = [];
  let path = "";
  for (const line of stdout.toString("utf8").split("\n")) {
    const [, key] = /^Key path: [^\\]*\\?(.*)$/.exec(line) ?? [];
    if (key !== undefined) path = key;
    const [, name] = /^Class name: (.*)$/.exec(line) ?? [];
    if (name !== undefined) found.push(`${path}|${name}`);
  }
  return found.sort();
}

/** The same for what our engine reads. */
export function ourClassNames(root: Key): string[] {
  const found: string[] = [];
  visit(root);
  return found.sort();

  function visit(key: Key): void {
    const name = key.className;
    if (name !== undefined) found.push(`${key.path}|${name}`);
    for (const subkey of key.subkeys()) visit(subkey);
  }
}
