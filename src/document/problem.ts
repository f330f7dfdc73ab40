/** What is wrong with a document: every problem with its place, gathered into one Failure. */
import { Failure } from "../exit/failure.ts";
import type { JsonPath } from "./json-reader.ts";
import { quote } from "./json-text.ts";

export interface DocumentProblem {
  readonly path: JsonPath;
  /** A sentence that says what is wrong and what to do; it does not name the place. */
  readonly message: string;
}

/** Something in a valid document that a person should know; nothing is refused for it. */
export interface DocumentWarning {
  /** Stable, kebab-case: "gateway-outside-subnet". */
  readonly code: string;
  /** "profile.json: $.connections[0].ipv4.gateways[0]" */
  readonly at: string;
  readonly message: string;
}

/** exit "invalidDocument"; `problems` holds every one, in the order of the text. */
export class DocumentFailure extends Failure {
  readonly problems: readonly DocumentProblem[];

  constructor(
    message: string,
    details: { readonly at: string; readonly advice: string; readonly code: string },
    problems: readonly DocumentProblem[] = [],
  ) {
    super("invalidDocument", message, details);
    this.problems = problems;
  }
}

/** `lineOf` counts lines only when it is asked: a text with many problems is not counted for those that are not listed. */
export interface PlacedProblem extends DocumentProblem {
  readonly lineOf: () => number;
}

/** More than these are not even counted. */
export const MAX_PROBLEM_COUNT = 1000;

/** More than these are counted, not listed. */
const LISTED_PROBLEM_COUNT = 40;

/** At least one problem, in the order in which they are to be told. */
export function documentFailure(
  documentPath: string,
  called: string,
  problems: readonly PlacedProblem[],
): DocumentFailure {
  const listed = problems.slice(0, LISTED_PROBLEM_COUNT);
  const places = listed.map(({ path, lineOf }) => `${jsonPath(path)} (line ${lineOf()})`);
  const details = { at: placeIn(documentPath, problems[0]?.path ?? []), code: "invalid-document" };
  if (problems.length === 1) {
    const message = `${jsonPath(problems[0]?.path ?? [])}: ${problems[0]?.message}`;
    const advice = `correct ${places[0]} in ${documentPath}, and run the command again`;
    return new DocumentFailure(message, { ...details, advice }, problems);
  }
  const lines = listed.map(({ message }, index) => `  ${places[index]}: ${message}`);
  if (problems.length > lines.length) lines.push(`  ... and ${problems.length - lines.length} more`);
  const count = `${problems.length}${problems.length === MAX_PROBLEM_COUNT ? " or more" : ""}`;
  const message = `${documentPath} is not ${called} that can be used; it has ${count} errors:\n${lines.join("\n")}`;
  return new DocumentFailure(
    message,
    { ...details, advice: "correct each of them, and run the command again" },
    problems,
  );
}

/** "profile.json: $.connections[0].name" */
export function placeIn(documentPath: string, path: JsonPath): string {
  return `${documentPath}: ${jsonPath(path)}`;
}

/** `$.connections[0].raw["odd name"]`; a long name is cut. */
export function jsonPath(path: JsonPath): string {
  const parts = path.map((part) => {
    if (typeof part === "number") return `[${part}]`;
    return /^[$A-Za-z_][\w$]{0,59}$/.test(part) ? `.${part}` : `[${quote(part)}]`;
  });
  return `$${parts.join("")}`;
}
