/** What an operation says while it works, as data: a style of the report layer turns each event into a line. */
import type { ProblemReport } from "./hive-results.ts";
import type { Difference } from "./results.ts";
import type { ImageKind } from "../image/session.ts";
import type { PlannedSource, Step } from "../plan/model.ts";
import type { Change } from "../windows/model/change.ts";

export type GuardOutcome = "passed" | "blocked" | "forced" | "warned" | "not-checked";

export type Event =
  /** The image is open; `hive` is the hive file's path. */
  | {
      readonly kind: "image-opened";
      readonly path: string;
      readonly imageKind: ImageKind;
      readonly hive: string;
      readonly forWriting: boolean;
    }
  /** The hive was dirty and its logs were replayed in memory; nothing is written by that. */
  | { readonly kind: "logs-replayed"; readonly logs: readonly string[] }
  /** The full check of the hive: as it was found, as it was read back. (The commit itself checks what it is going to write.) */
  | {
      readonly kind: "checked";
      readonly stage: "found" | "read-back";
      readonly keys: number;
      readonly values: number;
      readonly problems: number;
    }
  /** One thing that a check found. */
  | { readonly kind: "problem"; readonly problem: ProblemReport }
  | { readonly kind: "guard"; readonly name: string; readonly outcome: GuardOutcome; readonly message: string }
  | {
      readonly kind: "profile-read";
      readonly path: string;
      readonly connections: number;
      /** Found in the image, not named. */
      readonly found: boolean;
    }
  | { readonly kind: "inventory-read"; readonly origin: string; readonly adapters: number }
  | { readonly kind: "plan-read"; readonly path: string }
  | { readonly kind: "planned"; readonly sources: number; readonly steps: number }
  /** What becomes of one source. */
  | { readonly kind: "source"; readonly planned: PlannedSource }
  /** One change of a plan that is not carried out now. */
  | { readonly kind: "step"; readonly step: Step }
  /** One change, made in memory. */
  | { readonly kind: "changed"; readonly change: Change }
  /** The receipt is on the disk; nothing has been written to the hive yet. */
  | { readonly kind: "receipt-written"; readonly path: string; readonly sizeBytes: number }
  | { readonly kind: "committed"; readonly hive: string; readonly sha256: string }
  /** A run that began at `at` and was cut past its point of commit: what its journal held is in the hive now. */
  | { readonly kind: "completed"; readonly hive: string; readonly sha256: string; readonly at: string }
  /** The hive was read from the disk again and compared with what was meant. */
  | { readonly kind: "compared"; readonly changes: number; readonly differences: number }
  /** One thing that is not as it was meant. */
  | { readonly kind: "difference"; readonly difference: Difference }
  | { readonly kind: "receipt-read"; readonly path: string; readonly at: string }
  | { readonly kind: "restored"; readonly file: string; readonly how: "former-bytes" | "removed" }
  | {
      readonly kind: "saved";
      readonly what: "profile" | "plan" | "inventory" | "answer file" | "file of the first boot";
      readonly path: string;
    }
  /** Volumes that hold a Windows, those that hold none, and what was not looked into. */
  | {
      readonly kind: "volumes-seen";
      readonly windows: readonly string[];
      readonly withoutWindows: readonly string[];
      readonly others: readonly { readonly place: string; readonly why: string }[];
    }
  /** Nothing is there yet; it is looked for again. */
  | {
      readonly kind: "waiting";
      readonly what: "a Windows" | "a profile" | "the adapters";
      readonly waitedMs: number;
      readonly limitMs: number;
    }
  | { readonly kind: "windows-chosen"; readonly root: string; readonly computerName: string | undefined }
  /** A profile that was found and is not this Windows'. */
  | { readonly kind: "profile-passed-over"; readonly path: string; readonly reason: string }
  /** What whoever reads the log of a run wants to know of its way. */
  | { readonly kind: "noted"; readonly message: string }
  /** This machine is told to start anew. */
  | { readonly kind: "restarting"; readonly program: string }
  /** Something the person should know that is no failure; every one is in the result's `warnings` too. */
  | { readonly kind: "warning"; readonly code: string; readonly message: string };

export type Emit = (event: Event) => void;
