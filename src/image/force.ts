/** What a person may force: each thing by its own name, so that forcing one never forces another. */

/** Append-only, pinned by a test: scripts name them. */
export const FORCE_NAMES = [
  "dirty",
  "damaged",
  "setup-in-progress",
  "hibernated",
  "failed-control-set",
  "generalized",
  "dirty-volume",
  "conflict",
  "access-list",
] as const;

export type ForceName = (typeof FORCE_NAMES)[number];

/** What forcing it means, for the help text and for messages. */
export const FORCE_MEANS: Readonly<Record<ForceName, string>> = {
  dirty: "take a dirty hive as it stands although its logs cannot be used: what they held is lost",
  damaged: "read what can be read of a damaged hive (inspect and capture only; nothing is ever written to one)",
  "setup-in-progress": "change an image in which Windows Setup is not finished",
  hibernated: "change an image whose volume holds a hibernated Windows: resuming it loses the change",
  "failed-control-set": "change the control set although Windows marked it as failed",
  generalized: "change a generalized image, whose Setup makes its network configuration anew",
  "dirty-volume": "change an image whose volume Windows is going to check, which may undo the change",
  conflict: "give an address to an adapter although another connection has it too: Windows will use it on one of them",
  "access-list":
    "leave programs that run as LocalSystem where it is not proven that only administrators may replace them (--first-boot)",
};

/** For everything but looking: a damaged hive is never planned for, and never written. */
export function withoutDamaged(force: readonly ForceName[]): ForceName[] {
  return force.filter((name) => name !== "damaged");
}
