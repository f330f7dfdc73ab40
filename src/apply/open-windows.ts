/** The first stages of every operation: open the image, replay its logs in memory, check its hive, read its Windows. */
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { Host } from "../image/host.ts";
import { asFailure, placeOf, problemAsFailure } from "../image/failures.ts";
import { FORCE_MEANS, type ForceName } from "../image/force.ts";
import { type ImageSession, openImage } from "../image/session.ts";
import { lookIntoHive } from "../image/other-hive.ts";
import { type CheckResult, checkHive, type Hive, type Problem } from "../regf/index.ts";
import { readWindows } from "../windows/read-windows.ts";
import type { SoftwareReading, Windows } from "../windows/model/windows.ts";
import { readSoftwareFacts } from "../windows/software-facts.ts";
import { forcedMessage, lossWarnings } from "./dirty-hive.ts";
import type { Emit } from "./events.ts";
import { reportProblem, tellProblems } from "./hive-summary.ts";
import type { ImageSummary } from "./results.ts";

/** What every operation on an image takes. */
export interface ImageOptions {
  /** A Windows volume's root folder or a SYSTEM hive file. */
  readonly image: string;
  readonly force: readonly ForceName[];
  readonly host: Host;
}

/**
 * Opens the image, does `work`, and closes it, whatever happens. What the file's bytes or the system refuse comes out
 * as a Failure.
 */
export function withImage<T>(
  options: ImageOptions,
  access: "read" | "read-write",
  emit: Emit,
  work: (session: ImageSession) => T,
): T {
  const session = openImage(options.image, { access, force: options.force, host: options.host });
  try {
    tellOpened(session, access, emit);
    return work(session);
  } catch (error) {
    throw asFailure(session.location.hivePath, error);
  } finally {
    session.close();
  }
}

function tellOpened({ location, hive }: ImageSession, access: "read" | "read-write", emit: Emit): void {
  const { path, kind, hivePath } = location;
  emit({ kind: "image-opened", path, imageKind: kind, hive: hivePath, forWriting: access === "read-write" });
  if (hive.recovery.replayed.length > 0) {
    emit({ kind: "logs-replayed", logs: hive.recovery.replayed.map(({ name }) => name) });
  }
}

/** A link is never followed silently: another file than the named one is read, and may be written. */
export function linkWarnings(links: ImageSession["location"]["links"]): Warning[] {
  return links.map(({ from, to }) => ({ code: "link-followed", message: `${from} is a link; what is used is ${to}` }));
}

/** Every warning of a result is told as an event too, for those who only listen. */
export function tellWarnings(warnings: readonly Warning[], emit: Emit): void {
  for (const { code, message } of warnings) {
    emit({ kind: "warning", code, message });
  }
}

export interface OpenedWindows {
  readonly windows: Windows;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/**
 * Checks the whole hive and reads the Windows in it. Throws Failure: unsupportedWindows (22) also for a differencing
 * hive, hiveDamaged (23) for any fatal problem. "damaged" counts only where nothing will be written.
 */
export function openWindows(session: ImageSession, force: readonly ForceName[], emit: Emit): OpenedWindows {
  refuseLayered(session);
  const found = checkFound(session, emit);
  const { problems, omitted } = found;
  const fatal = problems.filter(({ severity }) => severity === "fatal");
  if (fatal.length > 0 && !force.includes("damaged")) {
    throw damaged(session, fatal, omitted > 0);
  }
  const warnings = [
    ...session.warnings,
    ...linkWarnings(session.location.links),
    ...forcedDirty(session.hive, found),
    ...dirtyWarnings(session.hive),
    ...lossWarnings(session.hive),
    ...forcedDamaged(fatal),
  ];
  return { windows: readWindows(session.hive.root, readSoftware(session)), problems, warnings };
}

function readSoftware({ location }: ImageSession): SoftwareReading {
  const looked = lookIntoHive(location, "SOFTWARE", readSoftwareFacts);
  if (!looked.read) {
    return { read: false, reason: `the SOFTWARE hive could not be read: ${looked.reason}` };
  }
  const { found } = looked;
  return found === undefined
    ? { read: false, reason: "the file SOFTWARE holds no SOFTWARE hive" }
    : { read: true, found };
}

function checkFound({ hive }: ImageSession, emit: Emit): CheckResult {
  const found = checkHive(hive);
  emit({ kind: "checked", stage: "found", ...found.counts, problems: found.problems.length });
  tellProblems(found.problems.map(reportProblem), emit);
  return found;
}

/** Version 1.6 is the layer of a container's hive over another hive: keys that it lacks are not absent from what Windows sees. */
function refuseLayered({ hive, location }: ImageSession): void {
  if (hive.version.minor >= 6) {
    throw new Failure(
      "unsupportedWindows",
      "This is a differencing hive of a Windows container (version 1.6): what it does not hold is in the hive below it",
      {
        at: location.hivePath,
        code: "layered-hive",
        advice: "a container gets its network from its host: configure that",
      },
    );
  }
}

const NAMED_PROBLEMS = 3;

function damaged({ location }: ImageSession, fatal: readonly Problem[], areMore: boolean): Failure {
  const [first] = fatal;
  if (first === undefined) {
    throw new Error("a damaged hive has a fatal problem");
  }
  const one = problemAsFailure(location.hivePath, first);
  if (fatal.length === 1) {
    return one;
  }
  const places = fatal.slice(0, NAMED_PROBLEMS).map((problem) => problem.at);
  const more = fatal.length > NAMED_PROBLEMS ? ", ..." : "";
  return new Failure(
    "hiveDamaged",
    `The hive has ${areMore ? "more than " : ""}${fatal.length} fatal problems (at byte offsets ${places.join(", ")}${more}); the first: ${one.message}`,
    {
      at: placeOf(location.hivePath, first),
      code: first.code,
      advice: one.advice,
    },
  );
}

const HIVE_DIRTY = "hive-dirty";

/** True as long as nobody writes the hive. */
export function dirtyWarnings({ recovery }: Hive): Warning[] {
  const { dirty, acceptedDirty } = recovery;
  if (!dirty || acceptedDirty) {
    return [];
  }
  const message =
    "The hive is dirty, as after a Windows that was not shut down: its last changes are in its logs only. Here they were replayed in memory; Windows completes the hive at its next start, and a program that does not read logs does not see them";
  return [{ code: HIVE_DIRTY, message }];
}

/** For a run that completes the hive, or has yet to see whether it does. */
export function withoutHiveDirty(warnings: readonly Warning[]): Warning[] {
  return warnings.filter(({ code }) => code !== HIVE_DIRTY);
}

/** `found` is the check of the hive as it stands, where there was one. */
export function forcedDirty(hive: Hive, found?: CheckResult): Warning[] {
  return hive.recovery.acceptedDirty ? [{ code: "forced-dirty", message: forcedMessage(hive, found) }] : [];
}

function forcedDamaged(fatal: readonly Problem[]): Warning[] {
  return fatal.length === 0
    ? []
    : [
        {
          code: "forced-damaged",
          message: `Forced: ${FORCE_MEANS.damaged}; the hive has ${fatal.length} fatal problems, so that something may be missing here`,
        },
      ];
}

export function summariseImage({ location }: ImageSession): ImageSummary {
  return { path: location.path, kind: location.kind, hive: location.hivePath };
}
