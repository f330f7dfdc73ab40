/** Tells what a commit that was cut, its undo, or a recovery after either can have left from what somebody else has written. */
import { BASE_BLOCK_HEADER, BASE_BLOCK_SIGNATURE } from "../format/base-block.ts";
import type { Hive } from "../hive.ts";
import { HiveError } from "../hive-error.ts";
import { nextSequence } from "../log/sequence.ts";
import { openHive } from "../open.ts";
import { baseBlockBytes } from "./base-block-bytes.ts";
import { formerFiles } from "./former-files.ts";
import { CommitError, type FormerBytes, type FormerFile, type LogFormat } from "./model.ts";
import { planRecovery } from "./recovery-steps.ts";
import { filesByRole, logRole, logRoles } from "./roles.ts";
import { type CommitSequences, commitSequences, highestSequence, sequenceOf, sequencesTowards } from "./sequences.ts";

/**
 * Looks at the header's sequences and at the logs that the commit wrote. The caller compares the bins, and of the logs what lies outside the former bytes.
 * Throws StorageError, and CommitError when reading fails.
 */
export function canBeLeftBy(hive: Hive, former: FormerBytes, format: LogFormat): boolean {
  const then = openThen(hive, former);
  if (then === undefined) return false;
  const known = sequencesOf(then, format);
  return headerFits(hive, known) && logsFit(hive, then, former, format, known);
}

/** The hive before the commit; undefined when the former bytes make none of these files. */
function openThen(hive: Hive, former: FormerBytes): Hive | undefined {
  try {
    return openHive(formerFiles(hive.files, former), { acceptDirty: true });
  } catch (error) {
    const doNotFit =
      error instanceof HiveError || (error instanceof CommitError && error.code === "former-bytes-unusable");
    if (doNotFit) return undefined;
    throw error;
  }
}

interface KnownSequences {
  readonly run: CommitSequences;
  readonly undo: CommitSequences;
  /** (primary, secondary) of every dirty base block. */
  readonly dirty: readonly (readonly [number, number])[];
}

function sequencesOf(then: Hive, format: LogFormat): KnownSequences {
  const { dirty, primarySequence, secondarySequence, logs } = then.recovery;
  const steps = dirty ? planRecovery(then, format).steps : undefined;
  const clean = pairOf(steps?.cleanBlock ?? baseBlockBytes(then))[0];
  const run = commitSequences(format, clean, highestSequence(then.files.logs, logs, clean));
  const undo = sequencesTowards(format, clean);
  const found: (readonly [number, number])[] = dirty ? [[primarySequence, secondarySequence]] : [];
  const standIn = steps?.dirtyBlock === undefined ? [] : [pairOf(steps.dirtyBlock)];
  return { run, undo, dirty: [run.armed, undo.armed, ...found, ...standIn] };
}

function pairOf(baseBlock: Uint8Array): readonly [number, number] {
  const view = new DataView(baseBlock.buffer, baseBlock.byteOffset, baseBlock.length);
  return [sequenceOf(view), BASE_BLOCK_HEADER.fields.secondarySequence.get(view, 0)];
}

/** A torn base block is believed: its logs decide, and they are looked at. */
function headerFits({ recovery }: Hive, { run, undo, dirty }: KnownSequences): boolean {
  const { primarySequence, secondarySequence } = recovery;
  if (!recovery.baseBlockValid) return true;
  if (recovery.dirty) {
    return dirty.some(([primary, secondary]) => primary === primarySequence && secondary === secondarySequence);
  }
  // A load that replays a log goes on with the dirty block's sequence, or with the next one.
  const recovered = dirty.flatMap(([primary]) => [primary, nextSequence(primary)]);
  return [run.clean, undo.clean, ...recovered].includes(primarySequence);
}

function logsFit(hive: Hive, then: Hive, former: FormerBytes, format: LogFormat, known: KnownSequences): boolean {
  const { journal } = logRoles(filesByRole(then.files), format);
  return former.files.every((file) => {
    if (file.role === "primary") return true;
    return file.role === journal ? holdsJournal(hive, then, file, known) : isDisarmed(hive, file);
  });
}

/** The journal of the commit or of its undo, a torn one, or what the log held before. */
function holdsJournal(hive: Hive, then: Hive, { role }: FormerFile, { run, undo }: KnownSequences): boolean {
  const reportOf = ({ recovery }: Hive) => recovery.logs.find(({ name }) => logRole(name) === role);
  const now = reportOf(hive);
  if (now?.sequence === undefined) return true;
  return [run.journal, undo.journal, reportOf(then)?.sequence].includes(now.sequence);
}

/** As it was, but for a signature of which any part may be zeros. */
function isDisarmed({ files }: Hive, { role, sizeBytes, regions }: FormerFile): boolean {
  const log = filesByRole(files).get(role);
  const signature = regions[0]?.bytes.subarray(0, BASE_BLOCK_SIGNATURE.length);
  if (log === undefined || signature === undefined || log.size() !== sizeBytes) return false;
  return log.read(0, signature.length).every((byte, index) => byte === 0 || byte === signature[index]);
}
