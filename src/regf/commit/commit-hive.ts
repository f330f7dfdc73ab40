/** Writes an edited hive to its disk: everything is checked and known before the first byte, and read back after the last. */
import { sameBytes } from "../../bytes/same.ts";
import { checkBeforeEdit } from "../edit/edit-hive.ts";
import { BASE_BLOCK_HEADER } from "../format/base-block.ts";
import { HIVE_BINS_START } from "../format/offsets.ts";
import { PAGE_SIZE } from "../format/page.ts";
import type { Hive } from "../hive.ts";
import {
  allPages,
  type BinsState,
  changedPages,
  firstBinStamp,
  stateBeforeEdit,
  withFirstBinStamp,
} from "./bins-state.ts";
import { baseBlockBytes } from "./base-block-bytes.ts";
import { commitSteps } from "./commit-steps.ts";
import { Disk } from "./disk.ts";
import { carryOut, reading } from "./carry-out.ts";
import { contentAfter, formerBytes } from "./former.ts";
import { CommitError, type CommitOptions, type CommitReport, type LogFormat } from "./model.ts";
import { refuseNewProblems } from "./new-problems.ts";
import { operationsOf, type Order } from "./operations.ts";
import { commitOrder, recoveryOrder } from "./order.ts";
import { planRecovery } from "./recovery-steps.ts";
import { refuseOtherFormat } from "./log-format.ts";
import { commitSequences, highestSequence, sequenceOf } from "./sequences.ts";

/**
 * A dirty hive is recovered first, on the disk as it already was in memory. Afterwards open the hive again: this one knows only what was.
 * Throws CommitError, and what `beforeWrite` throws.
 */
export function commitHive(hive: Hive, options: CommitOptions): CommitReport {
  const after = stateNow(hive);
  if (changedPages(stateBeforeEdit(hive.bins), after, hive.bins.editedPages()).length === 0) {
    return { written: false, recovered: false, createdLog: undefined, bytesWritten: 0 };
  }
  const disk = new Disk(hive.files, options.createLog);
  const { order, content, former } = reading(() => {
    refuseOtherFormat(hive, options.logFormat);
    refuseNewProblems(hive, checkBeforeEdit(hive));
    const found = disk.contents("primary");
    refuseOtherFile(hive, found);
    const planned = planCommit(hive, disk, options.logFormat);
    return { order: planned, content: found, former: formerBytes(disk, operationsOf(planned)) };
  });
  const expected = contentAfter(content, operationsOf(order), "primary");
  refuseOtherBins(after, expected);
  options.beforeWrite?.(former, { primaryBytes: () => expected.slice() });
  carryOut(disk, order, { now: content, inTheEnd: expected });
  const { createdLog, bytesWritten } = disk;
  return { written: true, recovered: hive.recovery.dirty, createdLog, bytesWritten };
}

function stateNow({ bins }: Hive): BinsState {
  return { sizeBytes: bins.sizeBytes, page: (page) => bins.page(page) };
}

function planCommit(hive: Hive, disk: Disk, format: LogFormat): Order {
  const recovered = hive.recovery.dirty ? planRecovery(hive, format) : undefined;
  const unarmedBlock = recovered?.steps.cleanBlock ?? baseBlockBytes(hive);
  const header = new DataView(unarmedBlock.buffer);
  const clean = sequenceOf(header);
  const steps = commitSteps(disk, {
    format,
    sequences: commitSequences(format, clean, highestSequence(disk.logs, hive.recovery.logs, clean)),
    unarmedBlock,
    header,
    before: recovered?.state ?? stateBeforeEdit(hive.bins),
    after: stateNow(hive),
    candidates: hive.bins.editedPages(),
  });
  const order = commitOrder(steps);
  if (recovered === undefined) return order;
  return { ...order, before: [...recoveryOrder(recovered.steps), ...order.before] };
}

/** The disk must still hold what was opened: header, and every page that neither replay nor the edit has changed. Throws CommitError. */
export function refuseOtherFile(hive: Hive, content: Uint8Array): void {
  const { primarySequence, secondarySequence } = BASE_BLOCK_HEADER.fields;
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const { recovery, bins } = hive;
  const replayed = new Set(bins.recoveredPages());
  const before = stateBeforeEdit(bins);
  const isSame =
    primarySequence.get(view, 0) === recovery.primarySequence &&
    secondarySequence.get(view, 0) === recovery.secondarySequence &&
    allPages(before).every((page) => replayed.has(page) || sameBytes(before.page(page), pageOf(content, page)));
  if (isSame) return;
  throw new CommitError("changed-meanwhile", `${hive.files.primary.name} was changed while it was being edited`, false);
}

/** What is going to be written must be what was checked in memory, but for the first bin's stamp, which DIRT sets. Throws CommitError. */
function refuseOtherBins(checked: BinsState, planned: Uint8Array): void {
  const stamp = firstBinStamp(checked);
  const bins: BinsState = { sizeBytes: checked.sizeBytes, page: (page) => pageOf(planned, page) };
  const stamped = withFirstBinStamp(bins, stamp);
  if (allPages(checked).every((page) => sameBytes(checked.page(page), stamped.page(page)))) return;
  throw new CommitError("new-problem", "What would be written is not what was edited and checked", false);
}

/** What the file lacks because replay made the hive longer counts as zeros. */
function pageOf(content: Uint8Array, page: number): Uint8Array {
  const start = HIVE_BINS_START + page * PAGE_SIZE;
  const held = content.subarray(start, start + PAGE_SIZE);
  if (held.length === PAGE_SIZE) return held;
  const padded = new Uint8Array(PAGE_SIZE);
  padded.set(held);
  return padded;
}
