/** The JSON Schemas of the documents, by file name: editors check hand-written profiles and inventories with them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answerReceiptSchema } from "../../src/apply/answer-file/receipt.ts";
import { receiptSchema } from "../../src/apply/receipt/document.ts";
import { documentJsonSchema } from "../../src/document/json-schema.ts";
import { firstBootChangesSchema } from "../../src/firstboot/changes.ts";
import { firstBootResultSchema } from "../../src/firstboot/result.ts";
import { firstBootSchema } from "../../src/firstboot/schema.ts";
import { inventorySchema } from "../../src/inventory/schema.ts";
import { planSchema } from "../../src/plan/document.ts";
import { profileSchema } from "../../src/profile/schema.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

/** "profile.json" -> its schema. */
function documentSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    "profile.json": documentJsonSchema(profileSchema, "profile"),
    "inventory.json": documentJsonSchema(inventorySchema, "inventory"),
    "plan.json": documentJsonSchema(planSchema, "plan"),
    "receipt.json": documentJsonSchema(receiptSchema, "receipt"),
    "first-boot.json": documentJsonSchema(firstBootSchema, "first-boot"),
    "first-boot-result.json": documentJsonSchema(firstBootResultSchema, "first-boot-result"),
    "first-boot-changes.json": documentJsonSchema(firstBootChangesSchema, "first-boot-changes"),
    "answer-receipt.json": documentJsonSchema(answerReceiptSchema, "answer-receipt"),
  };
}

/** Each into its file in `folder`, which is made when missing. */
export function writeSchemas(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, schema] of Object.entries(documentSchemas())) {
    writeFileSync(join(folder, name), `${JSON.stringify(schema, undefined, 2)}\n`);
  }
}
