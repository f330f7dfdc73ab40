/** The first-boot document, declared once: what the finisher in the image has to know of the sources that stay pending. */
import * as z from "zod";
import { guidField } from "../document/fields.ts";
import { adapterSchema } from "../inventory/schema.ts";
import { MATCHED_BY } from "../plan/model.ts";
import { connectionSchema } from "../profile/schema.ts";

/** How many starts of Windows the finisher waits through before it gives up, unless the document says another number. */
export const DEFAULT_ATTEMPTS = 5;

/** Made of the run that arranged it; what the result and the receipt call it by. */
export const firstBootIdField = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 hex digits in lower case");

const windowsSchema = z
  .strictObject({
    family: z.enum(["xp", "vista", "7", "8", "8.1", "10"]),
    version: z.string().describe("as people say it: 7, 10, Server 2019"),
    build: z.int().min(0).optional(),
    architecture: z.string().describe("PROCESSOR_ARCHITECTURE: AMD64, x86"),
  })
  .describe("the Windows of the image, as its hives say");

const optionsSchema = z
  .strictObject({
    pairBy: z.array(z.enum(["mac", "order"])),
    orphans: z.enum(["clear", "keep"]),
    rename: z.boolean(),
    allowConflict: z.boolean(),
    exclude: z.array(guidField).describe("interfaces that take no part; one that is gone by then matters to nobody"),
  })
  .describe("what was asked of the run that arranged it, as far as it matters at the first boot");

const pendingSchema = z.strictObject({
  connection: connectionSchema.describe("the source: its settings as a profile has them"),
  adapter: adapterSchema.describe("the adapter that is to have them, as the inventory has it"),
  matchedBy: z.enum(MATCHED_BY),
  reason: z.string().describe("why it waits"),
  target: guidField
    .optional()
    .describe("the interface that has all the rest already, where the source waits in part: for its static IPv6"),
});

export const firstBootSchema = z.strictObject({
  $schema: z.string().optional(),
  pintFirstBoot: z.literal(1),
  id: firstBootIdField,
  tool: z.string().describe("pint-offline 0.1.0"),
  arrangedAt: z.iso.datetime(),
  /** The packaged program, or a generated batch file where this Windows is too old for it. */
  way: z.enum(["program", "batch"]),
  computerName: z.string().optional(),
  windows: windowsSchema,
  knownInterfaces: z
    .array(guidField)
    .default([])
    .describe("those that the image had: what waits for an adapter that Windows has not met waits for another one"),
  options: optionsSchema,
  attempts: z.int().min(1).max(1000).default(DEFAULT_ATTEMPTS).describe("starts of Windows before it gives up"),
  pending: z.array(pendingSchema).min(1),
});
