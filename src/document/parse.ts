/** From a document's text to its checked value, or to one Failure that names everything that is wrong with it. */
import type * as z from "zod";
import { described, problemsOf, sentenceOf } from "./issues.ts";
import { type JsonText, readJson, visitPlaces } from "./json-reader.ts";
import { JsonSyntaxError } from "./json-syntax-error.ts";
import { lineAndColumn } from "./json-text.ts";
import { DOCUMENT_KINDS, type DocumentKind } from "./kinds.ts";
import {
  DocumentFailure,
  type DocumentProblem,
  documentFailure,
  jsonPath,
  MAX_PROBLEM_COUNT,
  type PlacedProblem,
} from "./problem.ts";
import { type DocumentText, documentText } from "./text.ts";

export interface ParseOptions {
  readonly kind: DocumentKind;
  /**
   * Further problems, found in the document as it was read, whether or not the schema accepts it: so that they are told
   * together with the schema's. It must not throw, whatever the document holds.
   */
  readonly examine?: ((document: unknown) => readonly DocumentProblem[]) | undefined;
}

/**
 * Reads a document: size, encoding, JSON, kind and format number, schema, and what `examine` finds.
 * Throws DocumentFailure ("invalidDocument"); `path` names the document in its messages.
 */
export function parseDocument<Schema extends z.ZodType>(
  schema: Schema,
  text: DocumentText,
  path: string,
  options: ParseOptions,
): z.output<Schema> {
  const decoded = documentText(text, path, options.kind);
  const json = readJsonDocument(decoded, path, DOCUMENT_KINDS[options.kind].maxValueCount);
  refuseOtherKinds(json.value, path, options.kind);
  const parsed = schema.safeParse(json.value, { error: sentenceOf, reportInput: true });
  const problems = [
    ...json.repeated.map((at) => ({ path: at, message: "is there twice in the same object; remove one" })),
    ...(parsed.success ? [] : problemsOf(parsed.error.issues)),
    ...(options.examine?.(json.value) ?? []),
  ];
  if (problems.length > 0) throw documentFailure(path, DOCUMENT_KINDS[options.kind].called, placed(problems, decoded));
  // Without a problem the parse was a success.
  return parsed.data as z.output<Schema>;
}

function readJsonDocument(text: string, path: string, maxValueCount: number): JsonText {
  try {
    return readJson(text, maxValueCount);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error.position;
    throw new DocumentFailure(`${path} cannot be read as JSON: ${error.message}`, {
      at: `${path}: line ${line}, column ${column}`,
      advice: error.advice ?? "correct this place, and run the command again",
      code: "document-not-json",
    });
  }
}

/** Everything else that could be said about a document of another kind or format would only mislead. */
function refuseOtherKinds(document: unknown, path: string, kind: DocumentKind): void {
  const { called, field, format } = DOCUMENT_KINDS[kind];
  const fields = typeof document === "object" && document !== null ? (document as Record<string, unknown>) : {};
  const found = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (found === format) return;
  if (found !== undefined) {
    const isNewer = typeof found === "number" && found > format;
    const advice = isNewer ? "use the version of pint that wrote it, or a newer one" : `write "${field}": ${format}`;
    throw new DocumentFailure(
      `${path} has format ${described(found)}; this version reads format ${format} of ${called}`,
      { at: `${path}: $.${field}`, advice, code: "document-format" },
    );
  }
  const other = Object.values(DOCUMENT_KINDS).find((traits) => Object.hasOwn(fields, traits.field));
  const what = other === undefined ? `does not say that it is ${called}` : `is ${other.called}, not ${called}`;
  const advice =
    other === undefined
      ? `if it is ${called}, begin it with "${field}": ${format}`
      : `name the file that holds ${called}`;
  throw new DocumentFailure(`${path} ${what}`, { at: `${path}: $.${field}`, advice, code: "document-kind" });
}

/** Each problem once and in the order of the text, which is read again for it; what is missing is where its object begins. */
function placed(problems: readonly DocumentProblem[], text: string): readonly PlacedProblem[] {
  const unique = new Map(
    problems.slice(0, MAX_PROBLEM_COUNT).map((problem) => [`${jsonPath(problem.path)}\n${problem.message}`, problem]),
  );
  const wanted = [...unique.values()].flatMap(({ path }) => [jsonPath(path), jsonPath(path.slice(0, -1))]);
  const offsets = new Map<string, number | undefined>(wanted.map((place) => [place, undefined]));
  visitPlaces(text, (path, offset) => {
    const place = jsonPath(path);
    if (offsets.has(place)) offsets.set(place, offset);
  });
  return [...unique.values()]
    .map((problem) => {
      const offset = offsets.get(jsonPath(problem.path)) ?? offsets.get(jsonPath(problem.path.slice(0, -1))) ?? 0;
      return { problem, offset };
    })
    .sort((left, right) => left.offset - right.offset)
    .map(({ problem, offset }) => ({ ...problem, lineOf: () => lineAndColumn(text, offset).line }));
}
