/** The JSON Schemas of the documents, by file name: editors check hand-written profiles and inventories with them. */

export type JsonSchema = Readonly<Record<string, unknown>>;

/** "profile.json" -> its schema. */
export function documentSchemas(): Readonly<Record<string, JsonSchema>> {
  return {};
}
