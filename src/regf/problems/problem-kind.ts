/** What one kind of problem is: its code, how bad it is, what is known of it, and how that is said. */

/** Fatal: Windows would refuse the hive or lose something, or an edit could break it. Warning: Windows tolerates it. */
export type Severity = "fatal" | "warning";

/** `Detail` is what a problem of the kind tells beside its code and its place. */
export interface ProblemKind<Code extends string, Detail extends object> {
  readonly code: Code;
  readonly severity: Severity;
  /** Without the place: a problem's `at` and `key` are shown beside it. One sentence, without a full stop. */
  readonly sentence: (it: Detail) => string;
}

/** The kind as it is given, with the types that TypeScript finds in it. */
export function problemKind<const Code extends string, Detail extends object>(
  kind: ProblemKind<Code, Detail>,
): ProblemKind<Code, Detail> {
  return kind;
}
