/** What a power cut left: the old hive, the new one, or something that must never be. */
import { binsOf } from "./commit-scenarios.ts";
import type { Images } from "./simulated-disk.ts";

export type Outcome = "old" | "new" | "neither";

/** `before` and `after` are bins as `binsOf` gives them. Throws what opening throws: a hive that cannot be loaded is worse than a wrong one. */
export function outcomeOf(images: Images, before: Uint8Array, after: Uint8Array): Outcome {
  const bins = binsOf(images);
  if (Buffer.compare(bins, before) === 0) return "old";
  return Buffer.compare(bins, after) === 0 ? "new" : "neither";
}
