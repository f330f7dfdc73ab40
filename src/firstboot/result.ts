/** The result document: what the first boot made of the sources that waited. */
import * as z from "zod";
import type { DeepReadonly } from "../document/deep-readonly.ts";
import { formatDocument } from "../document/format.ts";
import { parseDocument } from "../document/parse.ts";
import type { DocumentText } from "../document/text.ts";
import { OUTCOMES } from "../plan/model.ts";
import { firstBootIdField } from "./schema.ts";

/**
 * waiting: not every adapter has appeared, and the next start of Windows tries again. finished: every source has its
 * outcome. gave-up: this was the last attempt. failed: something went wrong, the reason says what.
 */
const FIRST_BOOT_STATES = ["waiting", "finished", "gave-up", "failed"] as const;

const sourceSchema = z.strictObject({
  number: z.int().min(1).describe("as in the first-boot document"),
  name: z.string().optional(),
  outcome: z.enum(OUTCOMES),
  reason: z.string(),
  target: z.string().optional().describe("the connection that has the settings now"),
});

/** What a batch file cannot say well (a time without its local form) is optional. */
export const firstBootResultSchema = z.strictObject({
  $schema: z.string().optional(),
  pintFirstBootResult: z.literal(1),
  id: firstBootIdField.describe("of the first-boot document"),
  tool: z.string(),
  at: z.iso.datetime().optional(),
  state: z.enum(FIRST_BOOT_STATES),
  reason: z.string().describe("why it is in this state, for a person"),
  attempt: z
    .int()
    .min(1)
    .describe("which start of Windows this was, of those that are allowed; by hand the last that was counted"),
  removed: z.boolean().describe("whether the finisher took its service out again"),
  restart: z.boolean().describe("whether Windows was restarted, or is to be, for the settings to count"),
  sources: z.array(sourceSchema),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })).default([]),
});

export type FirstBootResult = DeepReadonly<z.output<typeof firstBootResultSchema>>;

/** Throws DocumentFailure ("invalidDocument") that names everything that is wrong; `path` is for messages. */
export function parseFirstBootResult(text: DocumentText, path: string): FirstBootResult {
  return parseDocument(firstBootResultSchema, text, path, { kind: "first-boot-result" });
}

/** Stable: the same result gives the same text, and parsing it gives the same result. */
export function formatFirstBootResult(result: FirstBootResult): string {
  const { $schema, id, tool, at, state, reason, attempt, removed, restart, sources, warnings } = result;
  return formatDocument("first-boot-result", {
    $schema,
    id,
    tool,
    at,
    state,
    reason,
    attempt,
    removed,
    restart,
    sources: sources.map((source) => ({
      number: source.number,
      name: source.name,
      outcome: source.outcome,
      reason: source.reason,
      target: source.target,
    })),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  });
}
