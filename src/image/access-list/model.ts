/** What is asked of whatever reads and sets access lists on the system that runs. */
import type { SecurityDescriptor } from "./descriptor.ts";
import type { Wanted } from "./who-may-write.ts";

/** What cannot be done says why, as the end of a sentence. */
export type Reading =
  | { readonly read: true; readonly descriptor: SecurityDescriptor }
  | { readonly read: false; readonly reason: string };

export interface AccessLists {
  read(path: string): Reading;
  /** Returns why it could not be set; undefined when it was. */
  set(path: string, kind: "folder" | "file", wanted: Wanted): string | undefined;
  /** Gives the file `to` the very list of the file `from`, whatever is in it. Returns as above. */
  copy(from: string, to: string): string | undefined;
}
