/** What the operations on a saved profile return: the documents that `--json` prints, their names fixed. */
import type { ExitCode } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import type { Profile, ProfileConnection } from "../profile/model.ts";

export interface ProfileListResult {
  readonly path: string;
  readonly profile: Profile;
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}

export interface ProfileEditResult {
  readonly path: string;
  /** As it is now. */
  readonly connection: ProfileConnection;
  /** The JSON path of what was changed, and its value now; null: it is gone. */
  readonly changes: readonly { readonly at: string; readonly value: unknown }[];
  /** False when everything was so already. */
  readonly written: boolean;
  readonly formerKeptAs: string | null;
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}

export interface LiveCaptureResult {
  /** What the file holds now. */
  readonly profile: Profile;
  readonly path: string;
  /** "kept": as after a move, so that the saved profile stays although the machine is configured otherwise. */
  readonly state: "new" | "changed" | "unchanged" | "kept";
  readonly formerKeptAs: string | null;
  /** Copies of profiles that were older than all that are kept. */
  readonly removedCopies: readonly string[];
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}
