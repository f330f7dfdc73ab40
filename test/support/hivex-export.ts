/** A hive as hivex sees it: every key and value of `hivexregedit --export`, read by our .reg parser. */
import { toHex } from "../../src/bytes/hex.ts";
import { decodeLatin1 } from "../../src/bytes/utf16.ts";
import type { ReadableKey } from "../../src/regtext/from-key.ts";
import { regEntriesOf } from "../../src/regtext/from-key.ts";
import type { RegEntry } from "../../src/regtext/model.ts";
import { parseRegText } from "../../src/regtext/parse.ts";
import { runTool } from "./tools.ts";

export interface HiveDump {
  /** The path of every key below the root, the root itself as "", sorted. */
  readonly keys: readonly string[];
  /** `path|name|type|data in hexadecimal` of every value, sorted. */
  readonly values: readonly string[];
}

/** Everything at and below `key` ("\\" is the root). Throws when hivexregedit fails. */
export function hivexDump(hivePath: string, key = "\\"): HiveDump {
  const run = runTool("hivexregedit", ["--export", hivePath, key]);
  if (run.status !== 0) {
    throw new Error(`hivexregedit: ${run.stderr.toString()}`);
  }
  return dumpOf(parseRegText(decodeExport(run.stdout), hivePath).entries);
}

/** The same for what our engine reads. */
export function ourDump(root: ReadableKey): HiveDump {
  return dumpOf(regEntriesOf(root, ""));
}

/** The same for the entries of a .reg text. */
export function dumpOf(entries: Iterable<RegEntry>): HiveDump {
  const keys: string[] = [];
  const values: string[] = [];
  for (const entry of entries) {
    const path = entry.path.replace(/^\\/, "");
    keys.push(path);
    for (const value of entry.kind === "set-key" ? entry.values : []) {
      if (value.kind === "set-value") {
        values.push(`${path}|${value.name}|${value.type}|${toHex(value.data)}`);
      }
    }
  }
  return { keys: keys.sort(), values: values.sort() };
}

/** hivexregedit (Perl) prints a line as UTF-8 when it has a character beyond Latin-1, else as Latin-1. */
function decodeExport(bytes: Buffer): string {
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    lines.push(line.some((byte) => byte > 0x7f) ? decodeLine(line) : line.toString("latin1"));
    from = end === -1 ? bytes.length : end + 1;
  }
  return lines.join("\n");
}

function decodeLine(line: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(line);
  } catch {
    return decodeLatin1(line);
  }
}
