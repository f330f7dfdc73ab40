/** A hive that was not written completely, and no log that completes it: Windows has logs, or refuses it. */
import { problemKind } from "./problem-kind.ts";

interface Dirty {
  readonly checksumValid: boolean;
  readonly primarySequence: number;
  readonly secondarySequence: number;
  readonly reasons: readonly string[];
}

export const dirtyWithoutLogs = problemKind({
  code: "dirty-without-logs",
  severity: "fatal",
  sentence: (it: Dirty) => `The hive was not written completely (${why(it)}), and no log can complete it: ${logs(it)}`,
});

function why({ checksumValid, primarySequence, secondarySequence }: Dirty): string {
  return checksumValid
    ? `its sequences are ${primarySequence} and ${secondarySequence}`
    : "its base block's checksum is wrong";
}

function logs({ reasons }: Dirty): string {
  return reasons.length === 0 ? "there are none" : reasons.join("; ");
}
