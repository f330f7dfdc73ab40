/** Zod type of one registry value in a document: its type, and data that fit the type or are given as bytes. */
import * as z from "zod";
import {
  formFits,
  formOfType,
  REGISTRY_TYPES,
  type RegistryTypeName,
  registryTypeName,
} from "../notation/registry-data.ts";
import { dwordField, hexField } from "./fields.ts";

/** In the order of their numbers, as the schema lists them. */
const TYPE_NAMES = Object.keys(REGISTRY_TYPES) as RegistryTypeName[];

/** Inside a text of the registry a NUL would be its end. */
const textField = z.string().regex(/^[^\0]*$/, "must not hold a NUL character");

const dataField = z.union([
  textField,
  z.array(textField.min(1, "must not be empty: an empty text ends a REG_MULTI_SZ")),
  dwordField,
  z.strictObject({ hex: hexField }),
]);

/** `{ "type": "REG_DWORD", "data": 1 }`; the same shape as RegistryData. Each type is written one way: a number is for types without a name. */
export const registryDataField = z
  .strictObject({ type: z.union([z.enum(TYPE_NAMES), dwordField]), data: dataField })
  .superRefine(({ type, data }, context) => {
    const name = typeof type === "number" ? registryTypeName(type) : type;
    if (name !== type)
      context.addIssue({ code: "custom", path: ["type"], message: `write "${name}" for type ${type}` });
    if (!formFits({ type, data })) {
      const wanted = formOfType(type);
      const message = `must be ${wanted === "bytes" ? "" : `a ${wanted}, or `}bytes as { "hex": "..." } for type ${type}`;
      context.addIssue({ code: "custom", path: ["data"], message });
    }
  });
