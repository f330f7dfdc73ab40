/** A document's JSON Schema, made from the same declaration that parses it, for editors and for other programs. */
import * as z from "zod";
import { DOCUMENT_KINDS, type DocumentKind } from "./kinds.ts";

/** What a person may write (the input of the schema), in JSON Schema 2020-12; its `$id` is what documents say in `$schema`. */
export function documentJsonSchema(schema: z.ZodType, kind: DocumentKind): Record<string, unknown> {
  const { schemaId, called } = DOCUMENT_KINDS[kind];
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12" });
  return { $schema, $id: schemaId, title: `${called} of pint-offline`, ...rest };
}
