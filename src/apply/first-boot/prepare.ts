/** `--first-boot`: from a plan to the finisher that goes with it, and to what the plan then means. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import { batchFile } from "../../firstboot/batch/batch-file.ts";
import { type FirstBootDocument, formatFirstBoot } from "../../firstboot/document.ts";
import { FIRST_BOOT_FILES } from "../../firstboot/places.ts";
import { arrangeService, type ServiceValue } from "../../firstboot/service.ts";
import { wayFor } from "../../firstboot/way.ts";
import { accessListsOf } from "../../image/access-list/access-lists.ts";
import type { ForceName } from "../../image/force.ts";
import type { Host } from "../../image/host.ts";
import type { ImageSession } from "../../image/session.ts";
import { planWithDecisions } from "../../plan/plan-moves.ts";
import type { Windows } from "../../windows/model/windows.ts";
import { isGeneralized } from "../../windows/setup-state.ts";
import type { Plan } from "../../plan/model.ts";
import { type PreparedPlan, withWarnings } from "../planning.ts";
import { sha256 } from "../receipt/hive-state.ts";
import { arrangedPlan, unservedPlan, withPresent } from "./arranged-plan.ts";
import { composeFirstBoot, isSameArrangement } from "./compose.ts";
import { arrangedDocument, hasEnded, lookAtFirstBoot, type PresentFirstBoot, tracesOf } from "./present.ts";
import { type FileToPut, programsFor } from "./programs.ts";

export interface FirstBootRequest {
  /** Where pint.exe and nssm.exe are. */
  readonly filesFolder: string;
  /** A person asked for it: what cannot be arranged is a failure. Else it is a warning, and the sources stay pending. */
  readonly insisted: boolean;
}

export interface PreparedFirstBoot {
  readonly document: FirstBootDocument;
  readonly present: PresentFirstBoot;
  /** Whether the image has a service that goes by the document that is there: then it is never to be without its files. */
  readonly isArranged: boolean;
  /** All that must lie in the folder. */
  readonly files: readonly FileToPut[];
  /** What another arrangement, or somebody, has left of results: a new one begins without. */
  readonly stale: readonly string[];
  /** What a batch file copies from. */
  readonly staged: readonly ServiceValue[];
  readonly warnings: readonly Warning[];
}

export interface PlanWithFirstBoot {
  readonly plan: Plan;
  /** Undefined when nothing is to be put into the image. */
  readonly firstBoot: PreparedFirstBoot | undefined;
  /** What was asked for is refused: apply throws it, a plan foresees it. */
  readonly refusal?: Failure;
}

export interface FirstBootContext {
  readonly session: ImageSession;
  readonly windows: Windows;
  readonly host: Host;
  readonly force: readonly ForceName[];
  readonly tool: string;
  readonly now: Date;
}

/** Without a request, what is arranged already is told as such. Throws Failure("usage") for a hive that was named by itself. */
export function prepareFirstBoot(
  prepared: PreparedPlan,
  request: FirstBootRequest | undefined,
  context: FirstBootContext,
): PlanWithFirstBoot {
  const present = lookAtFirstBoot(context.session, context.windows.controlSets);
  const plan = withPresent(prepared, arrangedDocument(present));
  const isWanted = prepared.decisions.some(({ outcome }) => outcome === "pending");
  if (request === undefined || !isWanted)
    return { plan: withWarnings(plan, staying(plan, present)), firstBoot: undefined };
  try {
    return arrange(prepared, request, context, present);
  } catch (error) {
    if (!(error instanceof Failure) || error.exit === "usage") throw error;
    if (request.insisted) return { plan, firstBoot: undefined, refusal: error };
    const message = `Nothing is arranged for the first boot: ${error.message}`;
    return { plan: withWarnings(plan, [{ code: "first-boot-not-arranged", message }]), firstBoot: undefined };
  }
}

/** An earlier run's finisher begins at the next start whatever this run does; it plans anew then, and overwrites nothing that is static. */
function staying({ sources }: Plan, present: PresentFirstBoot | undefined): Warning[] {
  const document = arrangedDocument(present);
  const served = sources.filter(({ outcome }) => outcome === "arranged").length;
  if (document === undefined || served === document.pending.length) return [];
  const numbers = document.pending.map(({ connection }) => connection.number).join(", ");
  const message = `The image has a first boot that was arranged at ${document.arrangedAt} (sources: ${numbers}), and it stays; pint undo takes that run back`;
  return [{ code: "first-boot-stays", message }];
}

/** With --all-or-nothing what waits for the first boot has a place: whether that holds for all is seen when they have been served. */
function withoutHolding(prepared: PreparedPlan): PreparedPlan {
  const { request } = prepared;
  if (!request.options.allOrNothing) return prepared;
  const free = planWithDecisions({ ...request, options: { ...request.options, allOrNothing: false } });
  return free.plan.sources.some(({ outcome }) => outcome === "unplaced") ? prepared : { ...prepared, ...free };
}

function arrange(
  prepared: PreparedPlan,
  { filesFolder }: FirstBootRequest,
  context: FirstBootContext,
  present: PresentFirstBoot | undefined,
): PlanWithFirstBoot {
  const { session, windows, tool, now } = context;
  if (present === undefined) throw noVolume(session);
  refuseGeneralized(session, windows);
  const chosen = wayFor(windows);
  if (!chosen.possible) return { plan: unservedPlan(prepared.plan, chosen.reason), firstBoot: undefined };
  const free = withoutHolding(prepared);
  const composition = composeFirstBoot(free, { way: chosen.way, tool, now });
  const isHeld = prepared.request.options.allOrNothing && composition.unserved.size > 0;
  if (composition.document === undefined || isHeld) {
    return { plan: arrangedPlan(prepared.plan, { ...composition, served: new Map() }, []), firstBoot: undefined };
  }
  const warnings = refuseUnproven(context);
  const firstBoot = filesOf(composition.document, filesFolder, present, tracesOf(session));
  const steps = arrangeService(session.hive.root, windows.controlSets.written, {
    way: chosen.way,
    id: firstBoot.document.id,
    documentSha256: fileOf(firstBoot, FIRST_BOOT_FILES.document).sha256,
    staged: firstBoot.staged,
  });
  const told = [...warnings, ...firstBoot.warnings];
  return { plan: withWarnings(arrangedPlan(free.plan, composition, steps), told), firstBoot };
}

/** What is there already and says the same goes on being used, so that a second run changes nothing. */
function filesOf(
  composed: FirstBootDocument,
  filesFolder: string,
  present: PresentFirstBoot,
  traces: readonly string[],
): PreparedFirstBoot {
  const programs = programsFor(composed.way, filesFolder);
  if (typeof programs === "string") throw programsMissing(programs);
  const former = arrangedDocument(present);
  const isArranged = former !== undefined;
  const isSame = former !== undefined && !hasEnded(present) && isSameArrangement(former, composed);
  const document = isSame ? former : composed;
  const text = isSame ? (present.document?.text ?? "") : formatFirstBoot(composed);
  const batch = document.way === "batch" ? batchFile(document) : undefined;
  const files = [
    ...programs,
    textFile(FIRST_BOOT_FILES.document, text),
    ...(batch === undefined ? [] : [textFile(FIRST_BOOT_FILES.batch, batch.text)]),
  ];
  const stale = isSame ? [] : traces;
  return { document, present, isArranged, files, stale, staged: batch?.values ?? [], warnings: batch?.warnings ?? [] };
}

function textFile(name: string, text: string): FileToPut {
  const bytes = new TextEncoder().encode(text);
  return { name, bytes, sha256: sha256(bytes) };
}

function fileOf({ files }: Pick<PreparedFirstBoot, "files">, name: string): FileToPut {
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new Error(`a first boot always has ${name}`);
  return file;
}

/** Whether the volume shows access lists at all is seen before anything is planned for; that they are right, when they are set. */
function refuseUnproven({ session, host, force }: FirstBootContext): Warning[] {
  const { windowsFolder = session.location.path } = session.location.volume ?? {};
  const reading = accessListsOf(host).read(windowsFolder);
  if (reading.read) return [];
  const refusal = accessListFailure(windowsFolder, reading.reason);
  if (!force.includes("access-list")) throw refusal;
  return [{ code: "forced-access-list", message: `Forced: ${refusal.message}` }];
}

export function accessListFailure(at: string, reason: string): Failure {
  return new Failure(
    "refused",
    `It cannot be made sure that only administrators may write to what the first boot runs as LocalSystem: ${reason}`,
    {
      at,
      code: "access-list",
      advice:
        "mount the NTFS volume with ntfs-3g or ntfs3 and install getfattr and setfattr (Debian package attr), or run this in WinPE; --force access-list leaves it as it is",
    },
  );
}

function refuseGeneralized({ location }: ImageSession, { setup }: Windows): void {
  if (!isGeneralized(setup)) return;
  throw new Failure(
    "refused",
    "The image is generalized: its Setup makes the network anew, and takes it from an answer file",
    {
      at: location.path,
      code: "answer-file-preferred",
      advice: "give the settings to Setup (--unattend in-image) instead of --first-boot",
    },
  );
}

function noVolume({ location }: ImageSession): Failure {
  return new Failure("usage", "--first-boot needs the image's volume, and a hive file was named", {
    at: location.path,
    code: "no-volume",
    advice: "name the Windows volume's root",
  });
}

function programsMissing(why: string): Failure {
  return new Failure("refused", `What would finish the move at the first boot is not at hand: ${why}`, {
    code: "first-boot-files",
    advice:
      "put pint.exe of this version and nssm.exe beside this program, or name their folder with --first-boot-files; nothing was written",
  });
}
