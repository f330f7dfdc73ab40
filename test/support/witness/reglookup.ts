/** A hive as reglookup sees it: every key's path and time, and how many values there are; it reads hives that hivex does not. */
import { encodeName } from "../../../src/regf/format/key-name.ts";
import type { Key } from "../../../src/regf/index.ts";
import { runTool } from "../tools.ts";

export interface KeyTimes {
  /** `path|time in whole seconds since 1970`, sorted; the path's bytes are the names' stored bytes. */
  readonly keys: readonly string[];
  readonly valueCount: number;
}

/** Throws when reglookup prints something else than its table. */
export function reglookupTimes(hivePath: string): KeyTimes {
  const { stdout } = runTool("reglookup", ["-H", hivePath]);
  const rows = stdout.toString("latin1").split("\n").slice(0, -1);
  const keys: string[] = [];
  for (const row of rows) {
    const [path, type, , time] = row.split(",");
    if (path === undefined || type === undefined || time === undefined) throw new Error(`reglookup: ${row}`);
    // Bytes that would disturb the table are written as %2C.
    if (type === "KEY") keys.push(`${decode(path)}|${Date.parse(`${time.replace(" ", "T")}Z`) / 1000}`);
  }
  return { keys: keys.sort(), valueCount: rows.length - keys.length };
}

/** The same for what our engine reads. */
export function ourTimes(root: Key): KeyTimes {
  const keys: string[] = [];
  let valueCount = 0;
  visit(root, "");
  return { keys: keys.sort(), valueCount };

  function visit(key: Key, path: string): void {
    keys.push(`${path === "" ? "/" : path}|${unixSeconds(key.lastWritten)}`);
    for (const _ of key.values()) valueCount++;
    for (const subkey of key.subkeys())
      visit(subkey, `${path}/${Buffer.from(encodeName(subkey.name).bytes).toString("latin1")}`);
  }
}

function decode(path: string): string {
  return path.replace(/%([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** reglookup shows a time of 0 as 1970. */
function unixSeconds(filetime: bigint): number {
  return filetime === 0n ? 0 : Number(filetime / 10_000_000n) - 11_644_473_600;
}
