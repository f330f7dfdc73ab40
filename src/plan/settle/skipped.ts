/** The rule that comes before all others: who is left out by name takes no part. */
import type { Source } from "../ends/source.ts";
import type { Premises, Verdict } from "./premises.ts";

export function skippedByExclude(source: Source, { excluded }: Premises): Verdict | undefined {
  return excluded.sources.has(source) ? { outcome: "skipped", reason: "left out by --exclude" } : undefined;
}
