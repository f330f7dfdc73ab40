/** The class names of a hive's keys as libregf's regfexport sees them; hivex and reglookup do not show them. */
import type { Key } from "../../../src/regf/index.ts";
import { runTool } from "../tools.ts";

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
