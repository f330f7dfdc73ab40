/** A problem of a hive, as data: one of the kinds in problems/, met at a place. */
import type { FileOffset } from "./format/offsets.ts";
import * as kinds from "./problems/index.ts";
import type { ProblemKind, Severity } from "./problems/problem-kind.ts";

type Kind = (typeof kinds)[keyof typeof kinds];

export type ProblemCode = Kind["code"];

/** Its code, and what else is known of it. */
export type ProblemDetail = Kind extends infer Each
  ? Each extends ProblemKind<infer Code, infer Detail>
    ? { readonly code: Code } & Detail
    : never
  : never;

export type Problem = ProblemDetail & {
  readonly severity: Severity;
  readonly at: FileOffset;
  /** The key it was met at, when there is one: "ControlSet001\\Services"; "" is the root. A very long path is shortened in its middle. */
  readonly key?: string | undefined;
};

const BY_CODE = Object.fromEntries(Object.values(kinds).map((kind) => [kind.code, kind])) as {
  readonly [Code in ProblemCode]: ProblemKind<Code, object>;
};

/** One severity for each code. */
export const SEVERITIES = Object.fromEntries(
  Object.values(BY_CODE).map(({ code, severity }) => [code, severity]),
) as Readonly<Record<ProblemCode, Severity>>;

export function problem(at: FileOffset, detail: ProblemDetail, key?: string): Problem {
  return { ...detail, severity: SEVERITIES[detail.code], at, ...(key === undefined ? {} : { key }) };
}

/** What it says, in one sentence without a full stop. The place is not in it: `at` and `key` are shown beside it. */
export function describe(found: ProblemDetail): string {
  return BY_CODE[found.code].sentence(found);
}
