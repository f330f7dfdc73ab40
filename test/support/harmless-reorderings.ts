/** The steps of a commit that may change places or be left out without any harm to the hive, and why; whatever is not in this list destroys some hive. */
import type { LogFormat } from "../../src/regf/index.ts";

interface Harmless {
  readonly because: string;
  readonly reorderings: readonly string[];
  /** All three when left out. */
  readonly formats?: readonly LogFormat[];
}

const DIRT = ["DIRT", "DIRT-XP"] as const satisfies readonly LogFormat[];

const HARMLESS: readonly Harmless[] = [
  {
    because:
      "while the hive is clean nobody reads its logs, or what lies behind its bins, and none of it is flushed yet",
    reorderings: [
      "grow <> journal",
      "grow <> disarm LOG2",
      "grow <> stamp",
      "stamp <> journal",
      "disarm LOG2 <> journal",
      "journal <> end of the journal",
    ],
  },
  {
    because: "two flushes in a row are of two files",
    reorderings: ["flush room <> flush LOG1", "flush room <> flush LOG2", "flush LOG2 <> flush LOG1"],
  },
  {
    because: "what is written between the two is of another file, and each file is still flushed after its own writes",
    reorderings: [
      "journal <> flush room",
      "end of the journal <> flush room",
      "disarm LOG2 <> flush room",
      "journal <> flush LOG2",
      "recovery: flush LOG2 <> recovery: flush room",
      "recovery: flush LOG2 <> recovery: pages",
    ],
  },
  {
    because:
      "the room is for a full disk's sake: it is taken before the point of commit, but the journal holds every page that lies in it",
    reorderings: [
      "- grow",
      "grow <> flush pages",
      "recovery: flush room <> grow",
      "recovery: flush clean block <> grow",
      "recovery: grow <> recovery: flush room",
      "recovery: grow <> recovery: pages",
      "recovery: grow <> recovery: flush pages",
      "recovery: grow <> recovery: length block",
      "- recovery: flush room",
      "recovery: flush room <> recovery: pages",
      "recovery: flush room <> flush LOG2",
    ],
  },
  {
    because: "the same, where no stamp of the first bin has to be flushed with the room",
    formats: ["HvLE"],
    reorderings: ["- flush room", "grow <> flush room"],
  },
  {
    because:
      "the length block is as dirty as the armed one, and the log goes on to lead to the same hive: it has to be there when the clean block is written, not before",
    reorderings: [
      "pages <> length block",
      "flush pages <> length block",
      "recovery: flush room <> recovery: length block",
      "recovery: pages <> recovery: length block",
      "recovery: flush pages <> recovery: length block",
    ],
  },
  {
    because:
      "a damaged base block and the one that stands in for it lead to the same log: it has to be there when the length or the clean block is written, not before",
    reorderings: [
      "recovery: stand-in block <> recovery: flush stand-in block",
      "recovery: stand-in block <> recovery: flush room",
      "recovery: stand-in block <> recovery: pages",
      "- recovery: flush stand-in block",
      "recovery: flush stand-in block <> recovery: pages",
      "recovery: flush stand-in block <> flush LOG2",
    ],
  },
  {
    because:
      "this log is older than the one that counts: it could be taken only by a reader that takes the first for a damaged base block, who could not read the hive as it was found either",
    formats: ["HvLE"],
    reorderings: [
      "- recovery: disarm LOG1",
      "recovery: disarm LOG1 <> recovery: flush LOG1",
      "recovery: disarm LOG1 <> recovery: stand-in block",
      "recovery: disarm LOG1 <> recovery: flush stand-in block",
      "recovery: disarm LOG1 <> recovery: flush room",
      "recovery: disarm LOG1 <> recovery: pages",
      "- recovery: flush LOG1",
      "recovery: flush LOG1 <> recovery: stand-in block",
      "recovery: flush LOG1 <> recovery: flush stand-in block",
      "recovery: flush LOG1 <> recovery: flush room",
      "recovery: flush LOG1 <> recovery: pages",
      "recovery: flush LOG1 <> flush room",
      "recovery: flush LOG1 <> flush LOG2",
    ],
  },
  {
    because: "a DIRT log of another time is known by its stamp; LOG2 is disarmed for readers that are not as strict",
    formats: ["DIRT"],
    reorderings: ["- disarm LOG2", "- flush LOG2", "disarm LOG2 <> flush LOG2", "grow <> flush LOG2"],
  },
  {
    because: "a DIRT log says itself how long it is: its end matters to nobody",
    formats: DIRT,
    reorderings: ["- end of the journal", "end of the journal <> flush LOG1"],
  },
];

export function harmlessIn(format: LogFormat): string[] {
  return HARMLESS.flatMap(({ formats, reorderings }) =>
    formats === undefined || formats.includes(format) ? reorderings : [],
  );
}
