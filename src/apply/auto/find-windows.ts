/** The one Windows of a machine, on whatever volume it is, once its volumes have come. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { Host } from "../../image/host.ts";
import { lookForWindows, type WindowsSearch } from "../../image/volumes/look-for-windows.ts";
import type { VolumeLister } from "../../image/volumes/listing.ts";
import type { Emit } from "../events.ts";
import { MORE_MAY_COME, type Patience, waitFor } from "./wait.ts";

export interface FoundWindows {
  readonly root: string;
  /** What could hold another one, and was not looked into. */
  readonly warnings: readonly Warning[];
}

/**
 * Two looks in a row must find the same, because disks come one after the other; the last look counts alone. Throws
 * Failure: noImage (21) for several, with the list; timedOut (31) when none came.
 */
export function findTheWindows(volumes: VolumeLister, host: Host, patience: Patience, emit: Emit): FoundWindows {
  let seen = "";
  let former: string | undefined;
  let last: WindowsSearch = { roots: [], withoutWindows: [], unclear: [], others: [] };
  const settled = waitFor("a Windows", patience, emit, (isLast) => {
    const search = lookForWindows(volumes(), host);
    last = search;
    const state = JSON.stringify(tellable(search));
    if (state !== seen) {
      seen = state;
      emit({ kind: "volumes-seen", ...tellable(search) });
    }
    const present = JSON.stringify([search.roots, search.unclear.map(({ root }) => root)]);
    const isSettled = isLast || present === former;
    former = present;
    if (search.roots.length === 0 && !holdsSeveral(search)) {
      return undefined;
    }
    return isSettled ? search : MORE_MAY_COME;
  });
  if (settled === undefined) {
    throw none(last, patience);
  }
  return theOne(settled);
}

/** As the event and messages say it. */
export function tellable({ roots, withoutWindows, unclear, others }: WindowsSearch): {
  readonly windows: readonly string[];
  readonly withoutWindows: readonly string[];
  readonly others: readonly { readonly place: string; readonly why: string }[];
} {
  return {
    windows: roots,
    withoutWindows,
    others: [
      ...unclear.map(({ root, failure }) => ({ place: root, why: failure.message })),
      ...others.map((volume) => ({
        place: volume.place,
        why: "message" in volume ? volume.message : volume.reason,
      })),
    ],
  };
}

/** A volume with two Windows has at least one too many, whatever else comes. */
function holdsSeveral({ unclear }: WindowsSearch): boolean {
  return unclear.some(({ failure }) => failure.code === "several-images");
}

function theOne(search: WindowsSearch): FoundWindows {
  const { roots, unclear } = search;
  const [root] = roots;
  if (root === undefined || roots.length > 1 || holdsSeveral(search)) {
    const doubtful = unclear.filter(({ failure }) => failure.code === "several-images").map(({ failure }) => failure);
    const all = [...roots, ...doubtful.map(({ message }) => message)];
    throw new Failure("noImage", `More than one Windows was found:\n${all.map((one) => `  ${one}`).join("\n")}`, {
      code: "several-images",
      advice: "name the one that is meant: pint apply IMAGE (pint find tells more of each)",
    });
  }
  return { root, warnings: notLookedInto(search) };
}

/** What is left out on purpose is no reason to worry. */
function notLookedInto({ unclear, others }: WindowsSearch): Warning[] {
  const worrying = others.flatMap((volume) =>
    volume.state === "left-out"
      ? []
      : [{ place: volume.place, why: "message" in volume ? volume.message : volume.reason }],
  );
  const all = [...unclear.map(({ root, failure }) => ({ place: root, why: failure.message })), ...worrying];
  return all.map(({ place, why }) => ({
    code: "volume-not-looked-into",
    message: `Whether another Windows is on ${place} is not known: ${why}`,
  }));
}

function none(search: WindowsSearch, { limitMs }: Patience): Failure {
  const { withoutWindows, others } = tellable(search);
  const lines = [
    ...(withoutWindows.length === 0 ? [] : [`  without a Windows: ${withoutWindows.join(", ")}`]),
    ...others.map(({ place, why }) => `  ${place}: ${why}`),
  ];
  const message = `No Windows was found on this machine's volumes within ${limitMs / 1000} seconds`;
  return new Failure("timedOut", [lines.length === 0 ? message : `${message}:`, ...lines].join("\n"), {
    code: "no-windows",
    advice: `${adviceFor(search)}pint find shows what is seen`,
  });
}

function adviceFor({ others }: WindowsSearch): string {
  const advice = others.flatMap((volume) => ("advice" in volume ? [volume.advice] : []));
  return advice.length === 0
    ? "load the driver of the disk (WinPE: drvload), or wait longer (--wait); "
    : `${advice.join("; ")}; `;
}
