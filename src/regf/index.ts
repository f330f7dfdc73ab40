/** The hive engine's only door for other layers: open, read, check, edit, commit and undo, or build a hive. */
export { FIRST_BIN_STAMP } from "./format/bin.ts";
export { HIVE_BINS_START, type CellOffset, type FileOffset } from "./format/offsets.ts";
export { type CheckResult, checkHive } from "./check/check-hive.ts";
export { Hive, type HiveFiles } from "./hive.ts";
export { MAX_HIVE_BINS_SIZE } from "./limits.ts";
export { HiveError } from "./hive-error.ts";
export { type OpenOptions, openHive, recoveryOfUnopenable } from "./open.ts";
export { describe, type Problem, type ProblemCode, SEVERITIES } from "./problem.ts";
export type { Severity } from "./problems/problem-kind.ts";
export { Key } from "./read/key.ts";
export { Value } from "./read/value.ts";
export type { DifferenceKind, ListedDifference, TreeDifference } from "./read/tree-difference.ts";
export { EMPTY_LOG } from "./log/log-file.ts";
export type { EntryDamage, EntryRange, LogKind, LogReport, Recovery, ReplayedLog } from "./recovery.ts";
export { replayEffect, type ReplayEffect } from "./replay-effect.ts";
export { buildHive, type BuildOptions } from "./build/build-hive.ts";
export { hiveBytes } from "./build/hive-bytes.ts";
export { EditError, type EditErrorCode } from "./edit/edit-error.ts";
export { editHive, type EditOptions } from "./edit/edit-hive.ts";
export type { HiveEdit } from "./edit/hive-edit.ts";
export { commitHive } from "./commit/commit-hive.ts";
export { canBeLeftBy } from "./commit/left-by-commit.ts";
export { formerFiles } from "./commit/former-files.ts";
export {
  CommitError,
  type CommitErrorCode,
  type CommitOptions,
  type CommitReport,
  type FileRole,
  type FormerBytes,
  type FormerFile,
  type LogFormat,
  type PlannedBytes,
  type Region,
} from "./commit/model.ts";
export { recoverHive, type RecoverOptions, type RecoverReport } from "./commit/recover-hive.ts";
export { restoreHive, type RestoreOptions, type RestoreReport } from "./commit/restore-hive.ts";
