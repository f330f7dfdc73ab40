/** What of a dirty primary decides which logs belong to it. */

export interface PrimaryState {
  readonly baseBlockValid: boolean;
  readonly secondarySequence: number;
  /** FILETIME of the base block, or of the first bin when the base block cannot be believed. */
  readonly stamp: bigint;
}
