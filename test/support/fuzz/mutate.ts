/** Damages a hive and its logs, a few things at a time. */
import type { Random } from "../random.ts";
import { withBaseBlock } from "../sample-hive.ts";
import { mutateLogs } from "./mutate-logs.ts";
import { STEPS } from "./mutate-primary.ts";
import type { Structures } from "./structures.ts";
import type { HiveBytes } from "./subjects.ts";

export interface Mutant extends HiveBytes {
  /** What was done, for messages. */
  readonly how: readonly string[];
}

export function mutate(random: Random, subject: HiveBytes, structures: Structures): Mutant {
  const how: string[] = [];
  let primary: Uint8Array = subject.primary.slice();
  for (let left = random.pick([1, 1, 1, 2, 3, 6]); left > 0; left--) {
    const done = random.pick(STEPS)(random, primary, structures);
    if (done !== undefined) how.push(done);
  }
  let logs: readonly Uint8Array[] = subject.logs;
  if (random.once(subject.logs.length > 0 ? 2 : 20)) {
    // Logs count for a dirty hive only.
    const sequence = random.below(1000) + 1;
    if (subject.logs.length === 0 || random.once(4)) {
      primary = withBaseBlock(primary, { primarySequence: sequence + 1, secondarySequence: sequence });
      how.push("made dirty");
    }
    const changed = mutateLogs(random, primary, logs);
    logs = changed.logs;
    how.push(...changed.how);
  }
  if (random.once(12)) {
    const [changed, what] = resized(random, primary);
    primary = changed;
    how.push(what);
  }
  return { name: subject.name, primary, logs, how };
}

function resized(random: Random, bytes: Uint8Array): [Uint8Array, string] {
  if (random.once(3)) {
    const longer = new Uint8Array(bytes.length + random.between(1, 3 * 4096));
    longer.set(bytes);
    return [longer, `${longer.length - bytes.length} bytes longer`];
  }
  const size = random.once(2) ? random.below(bytes.length) : bytes.length - random.below(2 * 4096);
  return [bytes.slice(0, Math.max(0, size)), `cut at ${size}`];
}
