/** What became of every source and why; for those that were not moved, what to do. */
import { isMadeDhcp, NEEDS_INVENTORY, type Outcome, type PlannedSource } from "../../plan/model.ts";
import type { Detail } from "../detail.ts";
import { wrap } from "../lines.ts";
import { counted, endDetails, endName } from "../words.ts";

/** What a person can do about a source whose settings have not arrived anywhere; null: nothing needs to be done. */
const ADVICE: Readonly<Record<Outcome, string | null>> = {
  moved: null,
  already: null,
  kept: null,
  unplaced:
    "--inventory FILE tells what the new machine has, --map SOURCE=TARGET names the target, --exclude SOURCE leaves it out",
  pending:
    "--first-boot leaves in the image what finishes the move at its first start; or boot the image once on its new machine, so that Windows meets the adapter, then apply again; or, for an image that Windows Setup deploys, --unattend FILE writes an answer file",
  arranged: null,
  skipped: null,
  conflict:
    "decide which connection is to have the address; leave the source out with --exclude, or change the other one; --force conflict gives it to both",
};

/** Where an inventory is wanted, --map is refused as well. */
const ADVICE_FOR_WANT_OF_INVENTORY =
  "--inventory FILE tells what the new machine has (--map does not help without it), --exclude SOURCE leaves it out";

/** Nothing else is missing, and only Windows itself can add it. */
const ADVICE_FOR_IPV6 =
  "--first-boot leaves in the image what sets it at the first start; or start the image on its new machine and set it there (netsh interface ipv6 add address, add route)";

/** `[unplaced] ` and its like are aligned to the longest outcome. */
const MARK_WIDTH = "[unplaced]".length;

/** All sources; when quiet, those that were not moved although they should have been. */
export function sourceLines(sources: readonly PlannedSource[], detail: Detail): string[] {
  const told = detail === "quiet" ? sources.filter(({ outcome }) => ADVICE[outcome] !== null) : sources;
  return told.flatMap((source) => oneSource(source, detail));
}

/** The reason says by what the two were paired. */
function oneSource(planned: PlannedSource, detail: Detail): string[] {
  const { source, outcome, reason, target } = planned;
  const indent = " ".repeat(MARK_WIDTH + 3);
  const advice = adviceFor(planned);
  return [
    ...wrap(`  ${`[${outcome}]`.padEnd(MARK_WIDTH)} `, `${endName(source)}${endDetails(source, detail)}`),
    ...(target === undefined ? [] : wrap(`${indent}-> `, `${endName(target)}${endDetails(target, detail)}`)),
    ...wrap(indent, reason),
    ...(advice === null ? [] : wrap(`${indent}do: `, advice)),
  ];
}

function adviceFor({ outcome, reason, pendingParts }: PlannedSource): string | null {
  if (outcome === "unplaced" && reason.includes(NEEDS_INVENTORY)) return ADVICE_FOR_WANT_OF_INVENTORY;
  return outcome === "pending" && pendingParts !== undefined ? ADVICE_FOR_IPV6 : ADVICE[outcome];
}

/** "3 sources: 1 moved, 1 already, 1 unplaced", in the order in which the outcomes first appear. */
export function sourceCount(sources: readonly PlannedSource[]): string {
  if (sources.length === 0) {
    return "no sources: nothing to move";
  }
  const counts = new Map<Outcome, number>();
  for (const { outcome } of sources) {
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const madeDhcp = sources.filter(isMadeDhcp).length;
  const parts = [...counts].map(([outcome, count]) =>
    outcome === "moved" && madeDhcp > 0 ? `${count} moved (${madeDhcp} of them only made DHCP)` : `${count} ${outcome}`,
  );
  return `${counted(sources.length, "source")}: ${parts.join(", ")}`;
}
