/** Access lists in WinPE and Windows: icacls, with SIDs, for names of groups are in the system's language. */
import { randomBytes } from "node:crypto";
import os from "node:os";
import path from "node:path";
import fs from "fs-extra";
import type { Host } from "../host.ts";
import { explainSystemError } from "../system-error.ts";
import { systemProgram } from "../volumes/windows.ts";
import type { AccessLists, Reading } from "./model.ts";
import { parseSddl } from "./sddl.ts";
import { OWNER, wantedGrants } from "./who-may-write.ts";

const TIMEOUT_MS = 60_000;

/**
 * A file is let alone: it inherits what the folder passes on, which is set before the file is made. The owner is set first,
 * which fails for whoever is no administrator before a list locks him out, and
 * cannot be read back: icacls shows none, and WinPE has no other program for it. Not tried on a real Windows; in tests a stand-in answers.
 */
export function icaclsLists(host: Host): AccessLists {
  const program = systemProgram("icacls.exe", host);
  const icacls = (...args: readonly string[]): string | undefined => {
    const run = host.machine.execute(program, args, TIMEOUT_MS);
    if (!run.ended) return `${program} could not be run: ${run.reason}`;
    return run.status === 0 ? undefined : `${program} ended with ${run.status}`;
  };
  return {
    read: (place) => readSaved(place, (file) => icacls(place, "/save", file, "/q")),
    copy: (from, to) =>
      withSaved((file) => {
        const why = icacls(from, "/save", file, "/q");
        if (why !== undefined) return why;
        const [, ...list] = fs.readFileSync(file, "utf16le").split(/\r?\n/);
        const { dir, base } = path.win32.parse(to);
        fs.writeFileSync(file, [`\ufeff${base}`, ...list].join("\r\n"), "utf16le");
        return icacls(dir, "/restore", file, "/q");
      }),
    set: (place, kind, wanted) =>
      kind === "file"
        ? undefined
        : (icacls(place, "/setowner", `*${OWNER}`, "/q") ??
          icacls(place, "/reset", "/q") ??
          icacls(place, "/inheritance:r", "/grant:r", ...wantedGrants(wanted), "/q")),
  };
}

/** With the path of a file that is not there, and is gone afterwards. */
function withSaved(use: (file: string) => string | undefined): string | undefined {
  const file = path.join(os.tmpdir(), `pint-${randomBytes(4).toString("hex")}.acl`);
  try {
    return use(file);
  } catch (error) {
    return `the access list that icacls saved cannot be read: ${explainSystemError(error)}`;
  } finally {
    fs.removeSync(file);
  }
}

/** icacls writes UTF-16: the name, below the folder, on one line, the list on the next (Microsoft, "icacls"). */
function readSaved(place: string, save: (file: string) => string | undefined): Reading {
  let reading: Reading | undefined;
  const failed = withSaved((file) => {
    const why = save(file);
    if (why !== undefined) return why;
    const [, list = ""] = fs
      .readFileSync(file, "utf16le")
      .replace(/^\ufeff/, "")
      .split(/\r?\n/);
    const descriptor = parseSddl(list);
    if (descriptor === undefined) return `the access list of ${place} holds what this program does not know: ${list}`;
    reading = { read: true, descriptor };
    return undefined;
  });
  return reading ?? { read: false, reason: failed ?? "icacls saved nothing" };
}
