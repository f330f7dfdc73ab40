/** The plan as a JSON document: declared once, read strictly, written in one order. */
import * as z from "zod";
import { guidField } from "../document/fields.ts";
import { formatDocument } from "../document/format.ts";
import { parseDocument } from "../document/parse.ts";
import { registryDataField } from "../document/registry-data.ts";
import type { DocumentText } from "../document/text.ts";
import { DRIVER_EVIDENCE, DRIVER_VERDICTS } from "../drivers/model.ts";
import { EXIT_CODES, type ExitCode } from "../exit/codes.ts";
import type { MacAddress } from "../notation/mac.ts";
import {
  MATCHED_BY,
  OUTCOMES,
  PENDING_PARTS,
  type Plan,
  type PlanEnd,
  type PlannedDriver,
  type Step,
} from "./model.ts";

const { type: typeField, data: dataField } = registryDataField.shape;

const keyField = z
  .string()
  .min(1)
  .regex(/^[^\0]*$/, "must not hold a NUL character");
const nameField = z.string().regex(/^[^\0]*$/, "must not hold a NUL character");

const setValueField = z
  .strictObject({
    kind: z.literal("set-value"),
    key: keyField,
    name: nameField,
    type: typeField,
    data: dataField,
    was: registryDataField.nullable(),
  })
  .superRefine(({ type, data }, context) => {
    for (const { path, message } of registryDataField.safeParse({ type, data }).error?.issues ?? []) {
      context.addIssue({ code: "custom", path, message });
    }
  });

/** One change of the registry, as plans and receipts hold it. */
export const changeField = z.discriminatedUnion("kind", [
  setValueField,
  z.strictObject({ kind: z.literal("delete-value"), key: keyField, name: nameField, was: registryDataField }),
  z.strictObject({ kind: z.literal("create-key"), key: keyField }),
  z.strictObject({ kind: z.literal("delete-key"), key: keyField }),
]);

/** As Windows has it, and be it zeros: a plan shows what is there. */
const macField = z
  .string()
  .regex(/^[0-9A-F]{2}(-[0-9A-F]{2}){5}$/, "must be a MAC address like 00-50-56-A5-12-69")
  .transform((text) => text as MacAddress);

const endField = z.strictObject({
  number: z.int().min(1).optional(),
  name: z.string().optional(),
  guid: guidField.optional(),
  mac: macField.optional(),
  description: z.string().optional(),
  addresses: z.array(z.string()),
});

/** What became, or would become, of one source. */
export const plannedSourceField = z.strictObject({
  source: endField,
  outcome: z.enum(OUTCOMES),
  reason: z.string(),
  target: endField.optional(),
  matchedBy: z.enum(MATCHED_BY).optional(),
  predicted: z.literal(true).optional(),
  pendingParts: z.array(z.enum(PENDING_PARTS)).min(1).optional(),
});

/** Whether there is a driver for an adapter of the inventory. */
const driverField = z.strictObject({
  adapter: z.strictObject({ description: z.string().optional(), mac: macField.optional() }),
  verdict: z.enum(DRIVER_VERDICTS),
  reason: z.string(),
  evidence: z.enum(DRIVER_EVIDENCE).optional(),
  inf: z.string().optional(),
  service: z.string().optional(),
  disabled: z.literal(true).optional(),
});

const sha256Field = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 hash: 64 hex digits in lower case");

export const planSchema = z.strictObject({
  $schema: z.string().optional(),
  pintPlan: z.literal(1),
  image: z.strictObject({
    path: z.string(),
    hiveSha256: sha256Field,
  }),
  sources: z.array(plannedSourceField),
  steps: z.array(changeField),
  drivers: z.array(driverField).optional(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  exitCode: z.literal(Object.values(EXIT_CODES) as [ExitCode, ...ExitCode[]]),
  seal: sha256Field.optional(),
});

/** Throws DocumentFailure ("invalidDocument") that names everything that is wrong; `path` is for messages. */
export function parsePlan(text: DocumentText, path: string): Plan {
  return parseDocument(planSchema, text, path, { kind: "plan" });
}

/** Stable: the same plan gives the same text, and parsing it gives the same plan. */
export function formatPlan({ $schema, image, sources, steps, drivers, warnings, exitCode, seal }: Plan): string {
  return formatDocument("plan", {
    $schema,
    image: { path: image.path, hiveSha256: image.hiveSha256 },
    sources: sources.map(({ source, outcome, reason, target, matchedBy, predicted, pendingParts }) => ({
      source: endInOrder(source),
      outcome,
      reason,
      target: target && endInOrder(target),
      matchedBy,
      predicted,
      pendingParts,
    })),
    steps: steps.map(stepInOrder),
    drivers: drivers?.map(driverInOrder),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
    exitCode,
    seal,
  });
}

function driverInOrder({ adapter, verdict, reason, evidence, inf, service, disabled }: PlannedDriver): PlannedDriver {
  const { description, mac } = adapter;
  return { adapter: { description, mac }, verdict, reason, evidence, inf, service, disabled };
}

function endInOrder({ number, name, guid, mac, description, addresses }: PlanEnd): PlanEnd {
  return { number, name, guid, mac, description, addresses };
}

function stepInOrder(step: Step): Step {
  const { key } = step;
  switch (step.kind) {
    case "set-value":
      return { kind: step.kind, key, name: step.name, type: step.type, data: step.data, was: step.was };
    case "delete-value":
      return { kind: step.kind, key, name: step.name, was: step.was };
    case "create-key":
    case "delete-key":
      return { kind: step.kind, key };
  }
}
