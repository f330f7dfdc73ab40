/** What is not as it was meant with a first boot: what it needs is not there, or it did not end as it should. */
import path from "node:path";
import fs from "fs-extra";
import type { ImageSession } from "../../image/session.ts";
import { findInVolume } from "../../image/volume-path.ts";
import type { Outcome } from "../../plan/model.ts";
import type { Receipt } from "../receipt/receipt.ts";
import { sha256 } from "../receipt/hive-state.ts";
import type { Difference } from "../results.ts";
import type { FirstBootSummary } from "./result.ts";
import { isServiceKey } from "./service-keys.ts";

/** Of sources that need nothing more. */
const IN_PLACE: readonly Outcome[] = ["moved", "already", "kept", "skipped"];

export function firstBootDifferences(summary: FirstBootSummary | null): Difference[] {
  if (summary === null) return [];
  const wanting = summary.state === "incomplete" ? summary.problems : [];
  return [...wanting.map((message) => ({ message: `First boot: ${message}` })), ...endedOtherwise(summary)];
}

function endedOtherwise({ result }: FirstBootSummary): Difference[] {
  if (result === null || result.state === "waiting") return [];
  const open = result.sources.filter(({ outcome }) => !IN_PLACE.includes(outcome));
  return [
    ...(result.state === "finished" ? [] : [{ message: `First boot: ${result.state}: ${result.reason}` }]),
    ...open.map(({ number, name, outcome, reason }) => ({
      message: `First boot: source ${number}${name === undefined ? "" : ` ("${name}")`} is ${outcome}: ${reason}`,
    })),
  ];
}

/** Whether the finisher of that run has removed itself: then neither its service nor its files are meant to be there any more. */
function hasRun({ firstBoot }: Receipt, summary: FirstBootSummary | null): boolean {
  return firstBoot !== undefined && summary?.result?.id === firstBoot.id && summary.result.removed;
}

/** Of what differs from a run's receipt, what is not the finisher's own doing; and its files, by their hashes. */
export function differencesOfRun(
  session: ImageSession,
  receipt: Receipt,
  summary: FirstBootSummary | null,
  differences: readonly Difference[],
): Difference[] {
  if (hasRun(receipt, summary)) return differences.filter(({ key }) => key === undefined || !isServiceKey(key));
  return [...differences, ...differentFiles(session, receipt)];
}

function differentFiles({ location }: ImageSession, { firstBoot }: Receipt): Difference[] {
  const root = location.volume?.root;
  if (firstBoot === undefined || root === undefined) return [];
  const folder = findInVolume(root, firstBoot.folder.split("/"))?.path ?? path.join(root, firstBoot.folder);
  return firstBoot.files.flatMap(({ name, sha256: meant }) => {
    const file = path.join(folder, name);
    if (!fs.pathExistsSync(file)) return [{ message: `First boot: ${file} is not there` }];
    return sha256(fs.readFileSync(file)) === meant ? [] : [{ message: `First boot: ${file} is another file` }];
  });
}
