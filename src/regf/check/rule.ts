/** What a rule is: the one kind of problem that it looks for, and where it looks. */
import type { Bins } from "../bins.ts";
import type { FileOffset } from "../format/offsets.ts";
import type { Hive } from "../hive.ts";
import type { ProblemCode, ProblemDetail } from "../problem.ts";
import type { ProblemKind } from "../problems/problem-kind.ts";
import type { CellMap } from "./cell-map.ts";
import type { Findings } from "./findings.ts";
import type { DescriptorVisit, KeyContents, KeyVisit, ListVisit, ValueVisit } from "./visits.ts";

/** What every rule may look at. */
export interface Examined {
  readonly hive: Hive;
  readonly bins: Bins;
  readonly cells: CellMap;
  readonly findings: Findings;
  /** Whether every key, list and value could be walked; only then is it known that nothing refers to a cell. */
  readonly isComplete: () => boolean;
}

/** What a rule is shown. Whatever the file's bytes are, none of these throws. */
export interface Looks {
  key?(key: KeyVisit, contents: KeyContents): void;
  /** Of `key`. */
  list?(list: ListVisit, key: KeyVisit): void;
  value?(value: ValueVisit, key: KeyVisit): void;
  /** When every key has been seen. */
  descriptor?(descriptor: DescriptorVisit): void;
  /** Once, at the end. */
  hive?(): void;
}

/** Says that the problem is there. */
export type Report<Detail> = (at: FileOffset, detail: Detail, key?: KeyVisit) => void;

export interface Rule {
  readonly code: ProblemCode;
  /** Begins one check; what a rule remembers of it, it keeps here. */
  readonly begin: (examined: Examined) => Looks;
}

/** A rule can report the one kind only that it is made for. */
export function rule<Code extends ProblemCode, Detail extends object>(
  kind: ProblemKind<Code, Detail>,
  begin: (examined: Examined, report: Report<Detail>) => Looks,
): Rule {
  return {
    code: kind.code,
    begin: (examined) =>
      begin(examined, (at, detail, key) => {
        examined.findings.add(at, { code: kind.code, ...detail } as unknown as ProblemDetail, key);
      }),
  };
}
