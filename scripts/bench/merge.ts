/** Changes of a hive for whoever makes them: as .reg text for others' programs, and whether they have been made. */
import { writeFileSync } from "node:fs";
import { sameBytes } from "../../src/bytes/same.ts";
import { openHive } from "../../src/regf/index.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import type { RegEntry, RegValue } from "../../src/regtext/model.ts";
import { openFile } from "../../src/storage/file.ts";
import type { Contestant } from "./contest.ts";

const PREFIX = "HKEY_LOCAL_MACHINE\\SYSTEM";

/** What a key is to hold, or not to hold, afterwards. */
export interface KeyChange {
  readonly key: string;
  readonly values: readonly RegValue[];
}

/** The programs that merge .reg text into a hive. `regFile` is written. */
export function mergers(changes: readonly KeyChange[], hive: string, regFile: string): readonly Contestant[] {
  const entries = changes.map(({ key, values }): RegEntry => ({ kind: "set-key", path: `${PREFIX}\\${key}`, values }));
  writeFileSync(regFile, formatRegText(entries));
  const hivex = ["--merge", "--prefix", PREFIX, hive, regFile];
  const reged = ["-I", "-C", hive, PREFIX, regFile];
  return [
    { name: "hivexregedit", runs: { kind: "tool", tool: "hivexregedit", args: hivex } },
    { name: "reged", runs: { kind: "tool", tool: "reged", args: reged }, rightStatus: 2 },
  ];
}

export function areMade(changes: readonly KeyChange[], path: string): boolean {
  const primary = openFile(path, "read");
  try {
    const { root } = openHive({ primary, logs: [] });
    return changes.every(({ key, values }) => {
      const at = root.open(key);
      return at !== undefined && values.every((value) => isMade(value, at.value(value.name)));
    });
  } finally {
    primary.close();
  }
}

function isMade(wanted: RegValue, found: { readonly type: number; readonly data: Uint8Array } | undefined): boolean {
  if (wanted.kind === "delete-value") return found === undefined;
  return found !== undefined && found.type === wanted.type && sameBytes(found.data, wanted.data);
}
