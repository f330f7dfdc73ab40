/** The hive engine's only door for other layers: open a hive, read it, check it. */
export { HIVE_BINS_START, type CellOffset, type FileOffset } from "./format/offsets.ts";
export { type CheckResult, checkHive } from "./check/check-hive.ts";
export { Hive, type HiveFiles } from "./hive.ts";
export { describe } from "./describe.ts";
export { HiveError } from "./hive-error.ts";
export { type OpenOptions, openHive } from "./open.ts";
export { type Problem, type ProblemCode, SEVERITIES, type Severity } from "./problem.ts";
export { Key } from "./read/key.ts";
export { Value } from "./read/value.ts";
export type { LogKind, LogReport, Recovery, ReplayedLog } from "./recovery.ts";
