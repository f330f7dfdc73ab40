/** The one profile of a Windows that was found: of those on hand, whichever is this very machine's. */
import { Failure } from "../../exit/failure.ts";
import type { ImageSession } from "../../image/session.ts";
import type { Surroundings } from "../../image/surroundings.ts";
import { belongingOf } from "../../plan/settle/belonging.ts";
import { formatProfile, parseProfile } from "../../profile/document.ts";
import type { Windows } from "../../windows/model/windows.ts";
import { readFoundDocument } from "../document-file.ts";
import type { Emit } from "../events.ts";
import { type ProfileSearch, profilesOnHand } from "./profile-places.ts";
import { type Patience, waitFor } from "./wait.ts";

interface Candidate {
  readonly path: string;
  /** The document without what only says where it comes from. */
  readonly content: string;
}

/** Its path. Throws Failure: noImage (21) for none, or several that differ, with the list; invalidDocument (20) for one that cannot be understood. */
export function findTheProfile(
  session: ImageSession,
  windows: Windows,
  { volumes, programFolder }: Surroundings,
  patience: Patience,
  emit: Emit,
): string {
  const passedOver = new Map<string, string>();
  let searched: ProfileSearch = { files: [], folders: [] };
  const fitting = waitFor("a profile", patience, emit, () => {
    searched = profilesOnHand(session.location, windows.computerName, volumes(), programFolder);
    const found = searched.files.flatMap((file) => judge(file, windows, passedOver, emit));
    return found.length === 0 ? undefined : found;
  });
  if (fitting === undefined) {
    throw noProfile(windows.computerName, searched, passedOver);
  }
  return theOne(fitting);
}

/** What is another machine's is told once, however often it is looked at. */
function judge(file: string, windows: Windows, passedOver: Map<string, string>, emit: Emit): Candidate[] {
  const { profile } = parseProfile(readFoundDocument(file, "profile"), file);
  const { isThisMachines, reason } = belongingOf(profile, windows);
  if (isThisMachines) {
    return [{ path: file, content: formatProfile({ ...profile, captured: undefined }) }];
  }
  if (!passedOver.has(file)) {
    passedOver.set(file, reason);
    emit({ kind: "profile-passed-over", path: file, reason });
  }
  return [];
}

/** Copies of one profile are one. */
function theOne(fitting: readonly Candidate[]): string {
  const different = [...new Map(fitting.map((one) => [one.content, one])).values()];
  const [first] = fitting;
  if (first === undefined || different.length > 1) {
    throw new Failure(
      "noImage",
      `Several profiles of this machine were found, and they differ:\n${fitting.map(({ path }) => `  ${path}`).join("\n")}`,
      { code: "several-profiles", advice: "name the one that is meant (--profile FILE), or remove the others" },
    );
  }
  return first.path;
}

function noProfile(
  computerName: string | undefined,
  { folders }: ProfileSearch,
  passedOver: ReadonlyMap<string, string>,
): Failure {
  const name = computerName === undefined ? "" : `${computerName}.json or `;
  const lines = [
    ...[...passedOver].map(([path, reason]) => `  ${path}: ${reason}`),
    ...folders.map((folder) => `  looked in ${folder}`),
  ];
  return new Failure(
    "noImage",
    `No profile of ${computerName === undefined ? "this Windows" : `computer ${computerName}`} was found:\n${lines.join("\n")}`,
    {
      code: "no-profile",
      advice: `put ${name}profile.json into one of these folders, name one (--profile FILE), or move what the image's own orphans hold (--sources orphans)`,
    },
  );
}
