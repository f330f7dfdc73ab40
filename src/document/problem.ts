/** What is wrong with a document: every problem with its place, gathered into one Failure. */
import { Failure } from "../exit/failure.ts";
import type { JsonPath } from "./json-reader.ts";
import { quote, type TextPosition } from "./json-text.ts";

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

/** exit "invalidDocument"; `problems` holds every one, in the order of the document's fields. */
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

/** More than these are counted, not listed. */
export const LISTED_PROBLEM_COUNT = 40;

/** `lineOf` finds the line of a place in the text, where the text has that place. */
export function documentFailure(
  documentPath: string,
  called: string,
  problems: readonly [DocumentProblem, ...DocumentProblem[]],
  lineOf: (path: JsonPath) => TextPosition | undefined,
): DocumentFailure {
  const [first] = problems;
  const code = "invalid-document";
  if (problems.length === 1) {
    const advice = `correct ${jsonPath(first.path)}${inLine(lineOf(first.path))} in ${documentPath}, and run the command again`;
    return new DocumentFailure(
      `${jsonPath(first.path)}: ${first.message}`,
      { at: placeIn(documentPath, first.path), advice, code },
      problems,
    );
  }
  const lines = problems
    .slice(0, LISTED_PROBLEM_COUNT)
    .map(({ path, message }) => `  ${jsonPath(path)}${inLine(lineOf(path))}: ${message}`);
  if (problems.length > lines.length) lines.push(`  ... and ${problems.length - lines.length} more`);
  const message = `${documentPath} is not ${called} that can be used; it has ${problems.length} errors:\n${lines.join("\n")}`;
  return new DocumentFailure(
    message,
    { at: placeIn(documentPath, first.path), advice: "correct each of them, and run the command again", code },
    problems,
  );
}

/** "profile.json: $.connections[0].name" */
export function placeIn(documentPath: string, path: JsonPath): string {
  return `${documentPath}: ${jsonPath(path)}`;
}

/** `$.connections[0].raw["odd name"]` */
export function jsonPath(path: JsonPath): string {
  const parts = path.map((part) => {
    if (typeof part === "number") return `[${part}]`;
    return /^[$A-Za-z_][\w$]*$/.test(part) ? `.${part}` : `[${quote(part)}]`;
  });
  return `$${parts.join("")}`;
}

function inLine(position: TextPosition | undefined): string {
  return position === undefined ? "" : ` (line ${position.line})`;
}
