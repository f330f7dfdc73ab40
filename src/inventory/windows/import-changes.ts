/** Changes made in the running registry, by one `reg.exe import`. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import { encodeRegFile } from "../../regtext/encoding.ts";
import { formatRegText } from "../../regtext/format.ts";
import type { RegEntry } from "../../regtext/model.ts";
import type { Change } from "../../windows/model/change.ts";
import { registryBytes } from "../../windows/registry-data.ts";
import { controlSetKey } from "../../windows/registry-paths.ts";
import type { WindowsMachine } from "./machine.ts";
import { complaintOf, runRegistryProgram } from "./registry-program.ts";
import { chooseFolder, inTemporaryFolder } from "./temporary-folder.ts";

const IMPORT_TIMEOUT_MS = 60_000;

const SYSTEM = "HKEY_LOCAL_MACHINE\\SYSTEM";

/**
 * In their order; `was` is not looked at. `current` is the number of the current control set, which is written as
 * CurrentControlSet. Text rather than `reg.exe add`: it holds every type and every byte, and one program makes them all.
 * Throws Failure: writeFailed, timedOut, and what running reg.exe throws; some of the changes may be made then.
 */
export function importChanges(
  machine: WindowsMachine,
  changes: readonly Change[],
  current: number,
  notes: string[],
): void {
  const choice = chooseFolder(machine, undefined);
  if (!choice.found) throw notWritten(choice.reason);
  const text = formatRegText(changes.map((change) => entryOf(change, current)));
  inTemporaryFolder(choice.folder, notes, (folder) => {
    const file = path.join(folder, "changes.reg");
    fs.writeFileSync(file, encodeRegFile(text), { flag: "wx" });
    const args = ["import", file];
    const run = runRegistryProgram(machine, args, IMPORT_TIMEOUT_MS);
    if (run.status !== 0) throw notWritten(complaintOf(args.slice(0, 1), run));
  });
}

function entryOf(change: Change, current: number): RegEntry {
  const path = livePath(change.key, current);
  switch (change.kind) {
    case "create-key":
      return { kind: "set-key", path, values: [] };
    case "delete-key":
      return { kind: "delete-key", path };
    case "set-value":
      return { kind: "set-key", path, values: [{ kind: "set-value", name: change.name, ...registryBytes(change) }] };
    case "delete-value":
      return { kind: "set-key", path, values: [{ kind: "delete-value", name: change.name }] };
  }
}

function livePath(key: string, current: number): string {
  const [root = "", ...rest] = key.split("\\");
  const isCurrent = root.toLowerCase() === controlSetKey(current).toLowerCase();
  return [SYSTEM, isCurrent ? "CurrentControlSet" : root, ...rest].join("\\");
}

function notWritten(why: string): Failure {
  return new Failure("writeFailed", `The running registry cannot be written: ${why}`, {
    code: "registry-not-written",
    advice: "run it as administrator (the service runs as SYSTEM), with some room on the volume of Windows",
  });
}
