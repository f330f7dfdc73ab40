/** `check`: the full integrity check of any hive and its logs. */
import { EXIT_CODES } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import { asFailure, isDamage } from "../image/failures.ts";
import { openHiveFiles } from "../image/hive-files.ts";
import { type ImageLocation, locateImage } from "../image/locate.ts";
import {
  checkHive,
  type CheckResult as Findings,
  Hive,
  HiveError,
  type HiveFiles,
  openHive,
  type Problem,
  recoveryOfUnopenable,
} from "../regf/index.ts";
import type { Emit } from "./events.ts";
import { lossWarnings, summariseForcing } from "./dirty-hive.ts";
import { reportProblem, stateOf, tellProblems } from "./hive-summary.ts";
import { summariseLogs } from "./log-summary.ts";
import { forcedDirty, linkWarnings, type ImageOptions, tellWarnings } from "./open-windows.ts";
import type { CheckResult } from "./results.ts";

/**
 * The image may be a hive of any kind. Exit code 23 when a problem is fatal. Throws Failure (21 for what is no hive,
 * 22 for a version that is not supported).
 */
export function checkImage(options: ImageOptions, emit: Emit): CheckResult {
  const location = locateImage(options.image, options.host);
  const files = openHiveFiles(location.hivePath, "read", location.kind === "hive");
  try {
    emit({
      kind: "image-opened",
      path: location.path,
      imageKind: location.kind,
      hive: location.hivePath,
      forWriting: false,
    });
    const opened = open(files, options.force.includes("dirty"));
    const result =
      opened instanceof HiveError ? unopenable(location, files, opened.problem) : checked(location, opened, emit);
    tellProblems(result.problems, emit);
    tellWarnings(result.warnings, emit);
    return result;
  } catch (error) {
    throw asFailure(location.hivePath, error);
  } finally {
    files.close();
  }
}

/** What says that this is no hive, or none that is supported, is thrown; what says that it is damaged is a finding. */
function open(files: HiveFiles, acceptDirty: boolean): Hive | HiveError {
  try {
    return openHive(files, { acceptDirty });
  } catch (error) {
    if (error instanceof HiveError && isDamage(error.problem)) {
      return error;
    }
    throw error;
  }
}

/** A dirty hive's logs are told even if it cannot be opened, and what forcing it would mean. */
function unopenable({ path, hivePath, links }: ImageLocation, files: HiveFiles, problem: Problem): CheckResult {
  const recovery = recoveryOfUnopenable(files);
  const isRefused = recovery !== undefined && problem.code === "dirty-without-logs";
  const forced = isRefused ? open(files, true) : undefined;
  return {
    image: { path, hive: hivePath },
    hive:
      recovery === undefined
        ? null
        : {
            version: forced instanceof Hive ? versionOf(forced) : null,
            dirty: true,
            sequences: { primary: recovery.primarySequence, secondary: recovery.secondarySequence },
            logs: summariseLogs(recovery),
            replay: null,
          },
    forcing:
      recovery === undefined || forced === undefined
        ? null
        : summariseForcing(recovery, forced instanceof HiveError ? forced.problem : checkHive(forced)),
    problems: [reportProblem(problem)],
    counts: { keys: 0, values: 0 },
    warnings: linkWarnings(links),
    exitCode: EXIT_CODES.hiveDamaged,
  };
}

function checked({ path, hivePath, links }: ImageLocation, hive: Hive, emit: Emit): CheckResult {
  if (hive.recovery.replayed.length > 0) {
    emit({ kind: "logs-replayed", logs: hive.recovery.replayed.map(({ name }) => name) });
  }
  const findings = checkHive(hive);
  const { problems, counts } = findings;
  emit({ kind: "checked", stage: "found", ...counts, problems: problems.length });
  return {
    image: { path, hive: hivePath },
    hive: { version: versionOf(hive), ...stateOf(hive) },
    forcing: null,
    problems: problems.map(reportProblem),
    counts,
    warnings: [...linkWarnings(links), ...forcedDirty(hive, findings), ...lossWarnings(hive), ...omitted(findings)],
    exitCode: problems.some(({ severity }) => severity === "fatal") ? EXIT_CODES.hiveDamaged : EXIT_CODES.done,
  };
}

function versionOf({ version: { major, minor } }: Hive): string {
  return `${major}.${minor}`;
}

function omitted(findings: Findings): Warning[] {
  return findings.omitted === 0
    ? []
    : [{ code: "problems-omitted", message: `${findings.omitted} further problems were found and are not listed` }];
}
