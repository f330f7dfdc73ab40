/** The changes document: what the first boot was about to change and the former values, on disk before the registry is written. */
import * as z from "zod";
import type { DeepReadonly } from "../document/deep-readonly.ts";
import { formatDocument } from "../document/format.ts";
import { parseDocument } from "../document/parse.ts";
import type { DocumentText } from "../document/text.ts";
import { changeField } from "../plan/document.ts";
import { firstBootIdField } from "./schema.ts";

const roundSchema = z.strictObject({
  at: z.iso.datetime(),
  finished: z
    .boolean()
    .describe("false: it was cut short, or what was read back differed; the next round begins by taking it back"),
  changes: z.array(changeField).describe("in their order; was: what stood there before any round wrote"),
});

/** A round is one try at writing; only after a cut, or a change by something else in between, is there more than one. */
export const firstBootChangesSchema = z.strictObject({
  $schema: z.string().optional(),
  pintFirstBootChanges: z.literal(1),
  id: firstBootIdField.describe("of the first-boot document"),
  tool: z.string(),
  rounds: z.array(roundSchema),
});

export type FirstBootChanges = DeepReadonly<z.output<typeof firstBootChangesSchema>>;
export type ChangesRound = FirstBootChanges["rounds"][number];

/** Throws DocumentFailure ("invalidDocument") that names everything that is wrong; `path` is for messages. */
export function parseFirstBootChanges(text: DocumentText, path: string): FirstBootChanges {
  return parseDocument(firstBootChangesSchema, text, path, { kind: "first-boot-changes" });
}

/** Stable: the same document gives the same text, and parsing it gives the same document. */
export function formatFirstBootChanges({ $schema, id, tool, rounds }: FirstBootChanges): string {
  return formatDocument("first-boot-changes", { $schema, id, tool, rounds });
}
