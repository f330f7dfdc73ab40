/** What is told of an answer file; its names are fixed, for `--json` prints it. */

/** An answer file of Windows Setup with the settings of sources. */
export interface AnswerFileResult {
  readonly path: string;
  /** The answer file that it continues; `path` itself, or another of the image; null: it is new. */
  readonly basedOn: string | null;
  /** "as-it-was": it says all that already. "foreseen": a plan writes nothing into an image. */
  readonly state: "written" | "as-it-was" | "foreseen";
  /** In an image: what `undo` takes it back by. */
  readonly receipt: string | null;
  /** Outside: the copy of what stood there. */
  readonly formerKeptAs: string | null;
}
