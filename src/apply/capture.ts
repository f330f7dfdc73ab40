/** `capture`: saves the network configuration of an image's Windows as a profile that a person can read and edit. */
import path from "node:path";
import { EXIT_CODES } from "../exit/codes.ts";
import { keepOwnFile, makeOwnFolder } from "../image/access-list/own-place.ts";
import type { ImageSession } from "../image/session.ts";
import { matchAdapters } from "../match/match-adapters.ts";
import type { Match } from "../match/model.ts";
import { captureProfile, type OrphanVerdict } from "../profile/capture.ts";
import { formatProfile } from "../profile/document.ts";
import type { Warning } from "../exit/warning.ts";
import type { Guid } from "../notation/guid.ts";
import type { Profile } from "../profile/model.ts";
import { refuseOverwriting, saveDocument } from "./document-file.ts";
import type { Emit } from "./events.ts";
import { keepFormerProfile } from "./keep-former.ts";
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
    const remarks = [...warnings, ...match.warnings, ...leftOutWarnings(profile)];
    tellWarnings(remarks, emit);
    const { open, ...saved } = save(session, options, text, emit);
    tellWarnings(open, emit);
    return {
      image: summariseImage(session),
      profile,
      text,
      ...saved,
      warnings: [...remarks, ...open],
      exitCode: EXIT_CODES.done,
    };
  });
}

/** What is there and could not be read is in the profile as a note only: nobody gets it from there. */
export function leftOutWarnings({ connections }: Profile): Warning[] {
  return connections.flatMap(({ number, name, guid, leftOut = [] }) =>
    leftOut.map((text) => ({
      code: "left-out-at-capture",
      message: `Connection ${number} (${name ?? guid ?? "without a name"}): ${text}; the profile does not have it as a setting`,
    })),
  );
}

/** What capture must know of presence, without knowing how it is found. */
export function orphanTeller(match: Match): (guid: Guid) => OrphanVerdict {
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
): Pick<CaptureResult, "savedTo" | "formerKeptAs"> & { readonly open: readonly Warning[] } {
  if (where === "nowhere") {
    return { savedTo: null, formerKeptAs: null, open: [] };
  }
  const file = where === "in-image" ? session.places.profile : where.file;
  refuseOverwriting(file, "profile");
  const formerKeptAs = keepFormerProfile(file, text, now);
  saveDocument(file, text, "profile");
  emit({ kind: "saved", what: "profile", path: file });
  return { savedTo: file, formerKeptAs, open: where === "in-image" ? keepFromOthers(file, session) : [] };
}

/** `apply` takes its settings from it: whoever may change it says what a machine is to have. */
function keepFromOthers(file: string, { host, location }: ImageSession): Warning[] {
  if (location.volume === undefined) return [];
  const why = makeOwnFolder(path.dirname(file), host) ?? keepOwnFile(file, host);
  const message = `It is not proven that only administrators may change the profile in the Windows that starts, and apply takes its settings from there: ${why}`;
  return why === undefined ? [] : [{ code: "profile-writable", message }];
}
