/** What the tests of the operations share: a host, a clock, pairing options, and edits of an image on the disk. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { ApplyOptions } from "../../src/apply/apply.ts";
import type { Emit, Event } from "../../src/apply/events.ts";
import type { PlanningOptions } from "../../src/apply/planning.ts";
import type { Host } from "../../src/image/host.ts";
import type { ForceName } from "../../src/image/force.ts";
import { findLogs } from "../../src/image/hive-files.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { commitHive, editHive, type Hive, type HiveEdit, openHive } from "../../src/regf/index.ts";
import { openFile } from "../../src/storage/file.ts";
import { LINUX } from "../support/hosts.ts";

export const HOST: Host = LINUX;
const TOOL = "pint-offline test";
export const NOW = new Date("2026-03-01T12:34:56.789Z");
export const SILENT: Emit = () => {};

export function imageOptions(
  image: string,
  force: readonly ForceName[] = [],
): { image: string; force: readonly ForceName[]; host: Host } {
  return { image, force, host: HOST };
}

/** The image's own orphans are the sources. */
export const ORPHANS: PlanningOptions = { pairing: { ...DEFAULT_PLAN_OPTIONS, sources: "orphans" } };

/** The profile that is saved in the image. */
export const SAVED_PROFILE: PlanningOptions = { pairing: DEFAULT_PLAN_OPTIONS };

export function withProfile(profile: string, inventory?: string): PlanningOptions {
  return {
    profile,
    inventory: inventory === undefined ? undefined : { kind: "document", path: inventory },
    pairing: DEFAULT_PLAN_OPTIONS,
  };
}

export function applyOptions(
  image: string,
  what: ApplyOptions["what"],
  force: readonly ForceName[] = [],
): ApplyOptions {
  return { ...imageOptions(image, force), what, tool: TOOL, now: NOW };
}

/** Collects what an operation says. */
export function listener(): { events: Event[]; emit: Emit } {
  const events: Event[] = [];
  return { events, emit: (event) => void events.push(event) };
}

/** Reads a hive from the disk, logs replayed. */
export function readHive<T>(path: string, look: (hive: Hive) => T): T {
  const files = { primary: openFile(path, "read"), logs: findLogs(path).map((log) => openFile(log, "read")) };
  try {
    return look(openHive(files));
  } finally {
    for (const storage of [files.primary, ...files.logs]) {
      storage.close();
    }
  }
}

/** Changes a hive on the disk, as another program (or Windows) would, with HvLE logs unless said otherwise. */
export function editOnDisk(
  path: string,
  edit: (edit: HiveEdit) => void,
  logFormat: "HvLE" | "DIRT" | "DIRT-XP" = "HvLE",
): void {
  const files = {
    primary: openFile(path, "read-write"),
    logs: findLogs(path).map((log) => openFile(log, "read-write")),
  };
  try {
    const hive = openHive(files);
    edit(editHive(hive));
    commitHive(hive, {
      logFormat,
      createLog: () => {
        const log = `${path}${logFormat === "DIRT-XP" ? ".LOG" : ".LOG1"}`;
        writeFileSync(log, "", { flag: "wx" });
        return openFile(log, "read-write");
      },
    });
  } finally {
    for (const storage of [files.primary, ...files.logs]) {
      storage.close();
    }
  }
}

export const dword = (number: number): Uint8Array => new Uint8Array(new Uint32Array([number]).buffer);

export function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** Every file below a folder, but for `but`: its hash and when it was written. */
export function snapshot(folder: string, but: (path: string) => boolean = () => false): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !but(path))
    .sort();
  return Object.fromEntries(
    names.map((path) => [relative(folder, path), `${sha256(path)} ${statSync(path, { bigint: true }).mtimeNs}`]),
  );
}

/** The same without the times. */
export function contents(folder: string, but?: (path: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshot(folder, but)).map(([path, text]) => [path, text.split(" ")[0] ?? ""]),
  );
}

export function isReceipt(path: string): boolean {
  return path.includes("receipts");
}

export function receiptsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
