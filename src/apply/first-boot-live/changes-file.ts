/** The changes document on the disk: one file, a round more whenever something is about to be written. */
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import { type ChangesRound, formatFirstBootChanges, parseFirstBootChanges } from "../../firstboot/changes.ts";
import type { Change } from "../../windows/model/change.ts";
import { isKeyOfPlan } from "../../firstboot/written-keys.ts";
import { readFoundDocument } from "../document-file.ts";
import type { BootedWindows } from "./machine.ts";
import { saveDocumentOf } from "./save-document.ts";

export interface ChangesFile {
  readonly path: string;
  /** Of the first-boot document. */
  readonly id: string;
  readonly tool: string;
}

/** Oldest first; those of another arrangement are not ours. Throws DocumentFailure, and refused (24) where one is of no plan. */
export function readRounds({ path, id }: ChangesFile): readonly ChangesRound[] {
  if (!fs.pathExistsSync(path)) return [];
  const document = parseFirstBootChanges(readFoundDocument(path, "first-boot-changes"), path);
  if (document.id !== id) return [];
  for (const { key } of document.rounds.flatMap(({ changes }) => changes)) {
    if (!isKeyOfPlan(key)) throw foreign(key, path);
  }
  return document.rounds;
}

function foreign(key: string, path: string): Failure {
  return new Failure("refused", `The document of changes is not the finisher's: no plan writes ${key}`, {
    at: path,
    code: "foreign-changes",
    advice: "find out who wrote it; then delete it, and arrange the first boot anew, offline",
  });
}

/** Throws Failure (29); then nothing may be written to the registry. */
export function beginRound(machine: BootedWindows, file: ChangesFile, changes: readonly Change[]): void {
  const round: ChangesRound = { at: machine.clock.now().toISOString(), finished: false, changes };
  save(machine, file, [...readRounds(file), round]);
}

/** Nothing of any round is left to be taken back, for the last one has taken back those before it. */
export function finishRounds(machine: BootedWindows, file: ChangesFile): void {
  const rounds = readRounds(file);
  if (rounds.some(({ finished }) => !finished)) {
    save(
      machine,
      file,
      rounds.map((round) => ({ ...round, finished: true })),
    );
  }
}

function save(machine: BootedWindows, { path, id, tool }: ChangesFile, rounds: readonly ChangesRound[]): void {
  saveDocumentOf(machine, path, formatFirstBootChanges({ pintFirstBootChanges: 1, id, tool, rounds }));
}

/** Whether a round is neither finished nor taken back. */
export function isCutShort(file: ChangesFile): boolean {
  return readRounds(file).some(({ finished }) => !finished);
}
