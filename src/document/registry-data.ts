/** Zod type of one registry value in a document: its type, and data that fit the type or are given as bytes. */
import * as z from "zod";
import { dwordField, hexField } from "./fields.ts";

const TYPE_NAMES = [
  "REG_NONE",
  "REG_SZ",
  "REG_EXPAND_SZ",
  "REG_BINARY",
  "REG_DWORD",
  "REG_MULTI_SZ",
  "REG_QWORD",
] as const;

/** The numbers that have one of the names: each type is written one way. */
const NAMED_NUMBERS: Readonly<Record<number, string>> = {
  0: "REG_NONE",
  1: "REG_SZ",
  2: "REG_EXPAND_SZ",
  3: "REG_BINARY",
  4: "REG_DWORD",
  7: "REG_MULTI_SZ",
  11: "REG_QWORD",
};

/** Inside a text of the registry a NUL would be its end. */
const textField = z.string().regex(/^[^\0]*$/, "must not hold a NUL character");

const dataField = z.union([
  textField,
  z.array(textField.min(1, "must not be empty: an empty text ends a REG_MULTI_SZ")),
  dwordField,
  z.strictObject({ hex: hexField }),
]);

type RegistryDataForm = "text" | "list" | "number" | "bytes";

/** `{ "type": "REG_DWORD", "data": 1 }`; the same shape as the Windows model's RegistryData. */
export const registryDataField = z
  .strictObject({ type: z.union([z.enum(TYPE_NAMES), dwordField]), data: dataField })
  .superRefine(({ type, data }, context) => {
    const name = typeof type === "number" ? NAMED_NUMBERS[type] : undefined;
    if (name !== undefined)
      context.addIssue({ code: "custom", path: ["type"], message: `write "${name}" for type ${type}` });
    const form = formOf(data);
    if (form !== "bytes" && form !== formOfType(type)) {
      const wanted = formOfType(type);
      const message = `must be ${wanted === "bytes" ? "" : `a ${wanted}, or `}bytes as { "hex": "..." } for type ${type}`;
      context.addIssue({ code: "custom", path: ["data"], message });
    }
  });

function formOf(data: z.output<typeof dataField>): RegistryDataForm {
  if (typeof data === "string") return "text";
  if (typeof data === "number") return "number";
  return Array.isArray(data) ? "list" : "bytes";
}

function formOfType(type: string | number): RegistryDataForm {
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return "text";
    case "REG_MULTI_SZ":
      return "list";
    case "REG_DWORD":
      return "number";
    default:
      return "bytes";
  }
}
