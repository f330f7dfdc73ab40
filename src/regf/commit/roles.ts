/** Tells a hive's files apart, and says which log a commit writes its journal into. */
import type { Storage } from "../../storage/storage.ts";
import type { HiveFiles } from "../hive.ts";
import type { FileRole, LogFormat } from "./model.ts";

const ENDS: readonly (readonly [string, FileRole])[] = [
  [".log1", "log1"],
  [".log2", "log2"],
  [".log", "log"],
];

/** Windows finds the logs of a hive by these names, and so does whoever opened them. Throws an Error for any other. */
export function logRole(name: string): FileRole {
  const end = ENDS.find(([ending]) => name.toLowerCase().endsWith(ending));
  if (end === undefined) throw new Error(`a log's name ends in .LOG1, .LOG2 or .LOG, not as ${name} does`);
  return end[1];
}

export function filesByRole({ primary, logs }: HiveFiles): Map<FileRole, Storage> {
  return new Map([["primary", primary], ...logs.map((log) => [logRole(log.name), log] as const)]);
}

/** The logs that this format writes: a `.LOG` beside LOG1 and LOG2 is a leftover that Windows does not read. */
export function rolesOfFormat(format: LogFormat): readonly FileRole[] {
  return format === "DIRT-XP" ? ["log"] : ["log1", "log2"];
}

export interface LogRoles {
  /** LOG1, which the boot loader reads first; LOG2 where there is no LOG1; the first of the format where there is none. */
  readonly journal: FileRole;
  /** Those that exist beside it. */
  readonly others: readonly FileRole[];
}

export function logRoles(files: ReadonlyMap<FileRole, Storage>, format: LogFormat): LogRoles {
  const roles = rolesOfFormat(format);
  const existing = roles.filter((role) => files.has(role));
  const journal = existing[0] ?? (roles[0] as FileRole);
  return { journal, others: existing.filter((role) => role !== journal) };
}
