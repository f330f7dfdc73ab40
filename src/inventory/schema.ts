/** The inventory document, declared once: its parser, its type and its JSON Schema. */
import * as z from "zod";
import { macField, pciLocationField } from "../document/fields.ts";

const hardwareIdField = z
  .string()
  .regex(
    /^[^\\\s]+\\\S/,
    "must begin with a bus and a backslash, like PCI\\VEN_8086&DEV_10D3 (in JSON the backslash is written twice)",
  );

const knowledge = z.string().optional();

const knownSchema = z
  .strictObject({
    mac: knowledge,
    hardwareIds: knowledge,
    location: knowledge,
    instanceId: knowledge,
    presence: knowledge,
  })
  .describe("how each of these is known, for the reader");

/** One adapter of the machine. */
export const adapterSchema = z.strictObject({
  description: z.string().optional(),
  kind: z.enum(["ethernet", "wifi"]).optional(),
  mac: z.strictObject({ permanent: macField.optional(), current: macField.optional() }).prefault({}),
  hardwareIds: z.array(hardwareIdField).default([]).describe("PnP hardware IDs, most specific first"),
  location: pciLocationField.optional(),
  locationPaths: z
    .array(z.string())
    .optional()
    .describe("Windows' location paths, PCIROOT(0)#PCI(1500)#PCI(0000), which do not depend on bus numbers"),
  instanceId: z.string().optional().describe("PnP device instance path"),
  known: knownSchema.optional(),
});

/** An adapter must be known by a MAC address, or by hardware ID and location; that rule is in rules.ts. */
export const inventorySchema = z.strictObject({
  $schema: z.string().optional(),
  pintInventory: z.literal(1),
  origin: z.string().optional().describe("who wrote it, for the reader"),
  notes: z.array(z.string()).optional().describe("what was left out, for the reader"),
  adapters: z.array(adapterSchema),
});
