/** What a machine's volumes are, as far as the system shows them, before anything is read in them. */

export type ListedVolume =
  /** `root` can be read. `mayHoldWindows` false: a file system from which no Windows starts; documents may lie on it. */
  | { readonly state: "readable"; readonly root: string; readonly mayHoldWindows: boolean }
  /** `advice`: what to do so that it can be looked at. */
  | {
      readonly state: "locked" | "not-mounted";
      readonly place: string;
      readonly message: string;
      readonly advice: string;
    }
  /** not-looked-at: it did not answer, or may not be read. left-out: on purpose. `reason`: a sentence without its subject. */
  | { readonly state: "not-looked-at" | "left-out"; readonly place: string; readonly reason: string };

/** Asks the system anew each time; no volume is waited for longer than its bound. */
export type VolumeLister = () => readonly ListedVolume[];

/** How long a volume may take to answer: a disk that has to start up takes ten seconds and more. */
export const VOLUME_TIMEOUT_MS = 20_000;
