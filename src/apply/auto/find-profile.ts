/** The one profile of a Windows that was found: of those on hand, whichever is this very machine's. */
import { Failure } from "../../exit/failure.ts";
import type { ImageSession } from "../../image/session.ts";
import type { Surroundings } from "../../image/surroundings.ts";
import type { Windows } from "../../windows/model/windows.ts";
import type { Emit } from "../events.ts";
import { type FoundProfile, readFoundProfile, theOneOf } from "../found-profile.ts";
import { type ProfileSearch, profilesOnHand } from "./profile-places.ts";
import { type Patience, waitFor } from "./wait.ts";

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
  const one = theOneOf(fitting ?? []);
  if (one === undefined) {
    throw noProfile(windows.computerName, searched, passedOver);
  }
  return one.path;
}

/** What is another machine's is told once, however often it is looked at. */
function judge(file: string, windows: Windows, passedOver: Map<string, string>, emit: Emit): FoundProfile[] {
  const found = readFoundProfile(file, windows);
  if (found.another === undefined) {
    return [found];
  }
  if (!passedOver.has(file)) {
    passedOver.set(file, found.another);
    emit({ kind: "profile-passed-over", path: file, reason: found.another });
  }
  return [];
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
  const meant = passedOver.size === 0 ? "" : "if one that was passed over is meant, name it: --profile FILE; else ";
  return new Failure(
    "noImage",
    `No profile of ${computerName === undefined ? "this Windows" : `computer ${computerName}`} was found:\n${lines.join("\n")}`,
    {
      code: "no-profile",
      advice: `${meant}put ${name}profile.json into one of these folders, name one (--profile FILE), or move what the image's own orphans hold (--sources orphans)`,
    },
  );
}
