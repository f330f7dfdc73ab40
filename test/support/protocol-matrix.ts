/** What becomes of a hive when the steps of its commit are swapped or left out: the worst over several start states. */
import type { LogFormat } from "../../src/regf/index.ts";
import { type Edit, growing, growingByOneBin, inPlace } from "./commit-scenarios.ts";
import { recordCommit } from "./outcome.ts";
import { type Damage, reorderings, stepsOf, worstCut } from "./protocol-steps.ts";
import { START_STATES } from "./start-states.ts";

/** Together they have every step, and every reason for one. */
const STARTS: readonly (readonly [string, Edit])[] = [
  ["no logs, old bytes behind the bins", growing],
  ["longer logs of an earlier time, numbered higher", growing],
  ["both stale, LOG2 going on where the journal ends", inPlace],
  ["an entry stands where the journal ends", inPlace],
  ["a first bin whose stamp is not the header's", growing],
  ["base block torn while it was armed for a longer hive", inPlace],
  ["dirty and longer by the log", inPlace],
  ["dirty, with a log that is sound but beyond a gap", inPlace],
  ["base block damaged, with an older log beside the one that counts", inPlace],
  ["dirty", growingByOneBin],
];

export interface Row {
  /** "A <> B", "- A". */
  readonly reordering: string;
  readonly damage: Damage | "none";
  /** The start state and the cut. */
  readonly at: string;
}

const RANK = { none: 0, unfinished: 1, "wrong side": 2, destroys: 3 } as const;

/** `mixtures`: random cuts at every moment, besides those that are always tried. */
export function protocolMatrix(format: LogFormat, mixtures: number): Row[] {
  const rows = new Map<string, Row>();
  for (const [state, edit] of STARTS) {
    const scenario = START_STATES.find(({ name }) => name === `${format}, ${state}`);
    if (scenario === undefined) continue;
    const run = recordCommit(scenario.start(), format, edit);
    for (const { name, steps } of reorderings(stepsOf(run))) {
      const known = rows.get(name);
      if (known?.damage === "destroys") continue;
      const found = worstCut(run, steps, mixtures);
      const damage = found?.damage ?? "none";
      if (known !== undefined && RANK[damage] <= RANK[known.damage]) continue;
      rows.set(name, { reordering: name, damage, at: found === undefined ? "" : `${state}: ${found.at}` });
    }
  }
  return [...rows.values()];
}
