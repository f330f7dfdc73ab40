/** `find`: the Windows installations on this machine's volumes, and whether apply would take each of them. */
import { EXIT_CODES } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import type { Host } from "../image/host.ts";
import type { VolumeLister } from "../image/volumes/listing.ts";
import { lookForWindows } from "../image/volumes/look-for-windows.ts";
import { tellable } from "./auto/find-windows.ts";
import type { Emit } from "./events.ts";
import { describeWindows } from "./inspect.ts";
import { openWeighed } from "./open-weighed.ts";
import { tellWarnings, withImage } from "./open-windows.ts";
import type { FindResult, FoundWindows } from "./found-results.ts";

export interface FindOptions {
  readonly host: Host;
  readonly volumes: VolumeLister;
}

/** Writes nothing, and throws no Failure: what is wrong with an installation is said of it. Exit code 21 when there is none. */
export function findImages({ host, volumes }: FindOptions, emit: Emit): FindResult {
  const search = lookForWindows(volumes(), host);
  emit({ kind: "volumes-seen", ...tellable(search) });
  const { roots, withoutWindows, others } = search;
  const several = search.unclear.filter(({ failure }) => failure.code === "several-images");
  const unclear = search.unclear.filter(({ failure }) => failure.code !== "several-images");
  const windows = [
    ...roots.map((root) => describe(root, host, emit)),
    ...several.map(({ root, failure }) => unusable(root, failure)),
  ];
  return {
    windows,
    closed: others.flatMap((volume) => ("advice" in volume ? [volume] : [])),
    withoutWindows,
    notLookedAt: [
      ...unclear.map(({ root, failure }) => ({ place: root, reason: failure.message })),
      ...others.flatMap((volume) => ("advice" in volume ? [] : [{ place: volume.place, reason: volume.reason }])),
    ],
    exitCode: windows.length === 0 ? EXIT_CODES.noImage : EXIT_CODES.done,
  };
}

function describe(root: string, host: Host, emit: Emit): FoundWindows {
  try {
    return withImage({ image: root, force: [], host }, "read", emit, (session) => {
      const { windows, verdict, warnings } = openWeighed(session, [], emit);
      tellWarnings(warnings, emit);
      return {
        root,
        windows: describeWindows(windows),
        dirty: session.hive.recovery.dirty,
        usable: verdict.blocking.length === 0,
        refusals: verdict.blocking.map(({ name, message, refusal: { advice } }) => ({ code: name, message, advice })),
        warnings,
      };
    });
  } catch (error) {
    if (error instanceof Failure) {
      return unusable(root, error);
    }
    throw error;
  }
}

function unusable(root: string, { code, exit, message, advice }: Failure): FoundWindows {
  const refusal = { code: code ?? exit, message, advice: advice ?? null };
  return { root, windows: null, dirty: null, usable: false, refusals: [refusal], warnings: [] };
}
