/** Zod's issues, told in the words of a person who edits the document. */
import type * as z from "zod/v4/core";
import type { JsonPath } from "./json-reader.ts";
import { quote } from "./json-text.ts";
import type { DocumentProblem } from "./problem.ts";

/** One issue can be several problems (unknown fields), and each says its own place. */
export function problemsOf(issues: readonly z.$ZodIssue[], above: JsonPath = []): DocumentProblem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, [...above, ...issue.path.map(jsonPathPart)]));
}

function problemsOfIssue(issue: z.$ZodIssue, path: JsonPath): DocumentProblem[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ path: [...path, key], message: issue.message.replace("{key}", quote(key)) }));
    case "invalid_union":
      return problemsOfUnion(issue, path);
    case "invalid_key":
      return problemsOf(issue.issues, path);
    default:
      return [{ path, message: issue.message }];
  }
}

/** A union here is "a text or an object": the branch that the person meant is the one whose kind of value stands there. */
function problemsOfUnion(issue: z.$ZodIssueInvalidUnion, path: JsonPath): DocumentProblem[] {
  const { discriminator } = issue;
  if (discriminator !== undefined) {
    const found = (issue.input as Record<string, unknown> | undefined)?.[discriminator];
    return [{ path, message: oneOf("options" in issue ? (issue.options ?? []) : [], found) }];
  }
  const meant = issue.errors.filter(
    (branch) => !branch.some(({ code, path: at }) => code === "invalid_type" && at.length === 0),
  );
  if (meant.length === 1 && meant[0] !== undefined) return problemsOf(meant[0], path);
  const kinds = issue.errors
    .flat()
    .flatMap((each) => (each.code === "invalid_type" && each.path.length === 0 ? [kindWord(each.expected)] : []));
  return [
    { path, message: `must be ${[...new Set(kinds)].join(" or ") || "something else"}, not ${described(issue.input)}` },
  ];
}

/** The error map of a parse: a sentence for each issue that has none of its own. */
export function sentenceOf(issue: z.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return `is missing; it must be ${kindWord(issue.expected)}`;
      return `must be ${kindWord(issue.expected)}, not ${described(issue.input)}`;
    case "invalid_value":
      return oneOf(issue.values, issue.input);
    case "too_small":
      return `must ${bound(issue.origin, "at least", issue.minimum)}, not ${described(issue.input)}`;
    case "too_big":
      return `must ${bound(issue.origin, "at most", issue.maximum)}, not ${described(issue.input)}`;
    case "unrecognized_keys":
      return unknownField(issue.keys, knownFields(issue.inst));
    default:
      return `is not valid: ${described(issue.input)}`;
  }
}

function oneOf(values: readonly unknown[], input: unknown): string {
  const allowed = values.map((value) => (typeof value === "string" ? quote(value) : String(value))).join(" or ");
  return input === undefined ? `is missing; it must be ${allowed}` : `must be ${allowed}, not ${described(input)}`;
}

/** "{key}" stands for the field; with one unknown field, the known field that was probably meant is named. */
function unknownField(keys: readonly string[], known: readonly string[]): string {
  const [key] = keys;
  const meant = keys.length === 1 && key !== undefined ? known.find((field) => isAlike(key, field)) : undefined;
  const advice = meant === undefined ? `the fields here are ${known.join(", ")}` : `did you mean ${quote(meant)}?`;
  return `{key} is no field of this place; ${advice}`;
}

function knownFields(inst: unknown): string[] {
  const shape = (inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return shape === undefined ? [] : Object.keys(shape);
}

/** Equal but for case, or one letter added, left out, changed, or two swapped. */
function isAlike(left: string, right: string): boolean {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (Math.max(restA.length, restB.length) <= 1) return true;
  return restA.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

function bound(origin: string, comparison: string, limit: number | bigint): string {
  if (origin === "string") return `have ${comparison} ${limit} characters`;
  if (origin === "array") return `have ${comparison} ${limit} items`;
  return `be ${comparison} ${limit}`;
}

function kindWord(expected: string): string {
  const words: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list in [ ]",
    object: "an object in { }",
    record: "an object in { }",
  };
  return words[expected] ?? expected;
}

/** What stands there, for a message. */
export function described(input: unknown): string {
  if (typeof input === "string") return quote(input);
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object" && input !== null) return "an object";
  return String(input);
}

function jsonPathPart(part: PropertyKey): string | number {
  return typeof part === "number" ? part : String(part);
}
