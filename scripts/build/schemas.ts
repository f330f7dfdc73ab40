/** The JSON Schemas of the documents, by file name: editors check hand-written profiles and inventories with them. */
import { receiptSchema } from "../../src/apply/receipt-document.ts";
import { documentJsonSchema } from "../../src/document/json-schema.ts";
import { inventorySchema } from "../../src/inventory/schema.ts";
import { planSchema } from "../../src/plan/document.ts";
import { profileSchema } from "../../src/profile/schema.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** "profile.json" -> its schema. */
export function documentSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    "profile.json": documentJsonSchema(profileSchema, "profile"),
    "inventory.json": documentJsonSchema(inventorySchema, "inventory"),
    "plan.json": documentJsonSchema(planSchema, "plan"),
    "receipt.json": documentJsonSchema(receiptSchema, "receipt"),
  };
}
