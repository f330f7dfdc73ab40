/** One key of the running registry, with all that is below it, as `reg.exe export` writes it. */
import path from "node:path";
import fs from "fs-extra";
import { decodeRegFile } from "../../regtext/encoding.ts";
import type { RegEntry } from "../../regtext/model.ts";
import { parseRegText } from "../../regtext/parse.ts";
import type { WindowsMachine } from "./machine.ts";
import { complaintOf, runRegistryProgram } from "./registry-program.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

const EXPORT_TIMEOUT_MS = 60_000;

/** Far above what the keys of one bus, or all services, hold. */
const MAX_EXPORT_BYTES = 64 * 1024 * 1024;

export type ExportedKey = { readonly entries: readonly RegEntry[] } | { readonly complaint: string };

/**
 * `key` as reg.exe takes it (`HKLM\\SYSTEM\\...`). Into a file of its own, which is removed once it is read: the room of one is
 * needed at a time. Throws Failure when reg.exe cannot be run at all.
 */
export function exportKey(machine: WindowsMachine, parent: string, notes: string[], key: string): ExportedKey {
  return inTemporaryFolder(parent, notes, (folder) => {
    const file = path.join(folder, "keys.reg");
    const args = ["export", key, file, "/y"];
    const run = runRegistryProgram(machine, args, EXPORT_TIMEOUT_MS);
    if (run.status !== 0) return { complaint: complaintOf(args, run) };
    const sizeBytes = fs.statSync(file).size;
    if (sizeBytes > MAX_EXPORT_BYTES) return { complaint: `the text of ${key} is larger than 64 MiB` };
    return { entries: parseRegText(decodeRegFile(fs.readFileSync(file), file), key).entries };
  });
}
