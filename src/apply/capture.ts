/** `capture`: saves the network configuration of an image's Windows as a profile that a person can read and edit. */
import fs from "fs-extra";
import { EXIT_CODES } from "../exit/codes.ts";
import type { ImageSession } from "../image/session.ts";
import { matchAdapters } from "../match/match-adapters.ts";
import type { Match } from "../match/model.ts";
import { captureProfile, type OrphanVerdict } from "../profile/capture.ts";
import { formatProfile } from "../profile/document.ts";
import type { Guid } from "../notation/guid.ts";
import { keepCopy, refuseOverwriting, saveDocument } from "./document-file.ts";
import type { Emit } from "./events.ts";
import { timeStamp } from "./file-time.ts";
import { type ImageOptions, openWindows, summariseImage, tellWarnings, withImage } from "./open-windows.ts";
import { type InventorySource, readInventory } from "./read-inventory.ts";
import type { CaptureResult } from "./results.ts";

export interface CaptureOptions extends ImageOptions {
  /** In the image's own place (where `apply` finds it), in a file, or nowhere: then the result's text is all there is. */
  readonly save: "in-image" | "nowhere" | { readonly file: string };
  /** Of the machine the image runs on: then presence is judged by it. */
  readonly inventory?: InventorySource | undefined;
  readonly now: Date;
}

/** Throws Failure (21, 22, 23; 29 when the profile cannot be saved). The hive is only read. */
export function captureImage(options: CaptureOptions, emit: Emit): CaptureResult {
  return withImage(options, "read", emit, (session) => {
    const { windows, warnings } = openWindows(session, options.force, emit);
    const match = matchAdapters(windows, readInventory(options.inventory, emit));
    const profile = captureProfile(windows, orphanTeller(match), { now: options.now, from: session.location.path });
    const text = formatProfile(profile);
    const remarks = [...warnings, ...match.warnings];
    tellWarnings(remarks, emit);
    return {
      image: summariseImage(session),
      profile,
      text,
      ...save(session, options, text, emit),
      warnings: remarks,
      exitCode: EXIT_CODES.done,
    };
  });
}

/** What capture must know of presence, without knowing how it is found. */
function orphanTeller(match: Match): (guid: Guid) => OrphanVerdict {
  const presences = new Map(match.connections.map(({ connection, presence }) => [connection.guid, presence]));
  return (guid) => {
    const presence = presences.get(guid);
    return { orphan: presence?.verdict === "orphan", reason: presence?.reason ?? "" };
  };
}

function save(
  session: ImageSession,
  { save: where, now }: CaptureOptions,
  text: string,
  emit: Emit,
): Pick<CaptureResult, "savedTo" | "formerKeptAs"> {
  if (where === "nowhere") {
    return { savedTo: null, formerKeptAs: null };
  }
  const file = where === "in-image" ? session.places.profile : where.file;
  refuseOverwriting(file, "profile");
  const formerKeptAs = keepFormer(file, text, now);
  saveDocument(file, text, "profile");
  emit({ kind: "saved", what: "profile", path: file });
  return { savedTo: file, formerKeptAs };
}

/**
 * The profile that is replaced may be the only record of a static configuration, and this capture one of what came after
 * it; or a person has edited it.
 */
function keepFormer(file: string, text: string, now: Date): string | null {
  if (!fs.pathExistsSync(file) || fs.readFileSync(file, "utf8") === text) {
    return null;
  }
  const kept = `${file.replace(/\.json$/i, "")}-before-${timeStamp(now)}.json`;
  keepCopy(file, kept, "profile");
  return kept;
}
