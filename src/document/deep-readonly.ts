/** The type of a parsed document, which nobody changes. A branded text (a GUID) is a text. */
export type DeepReadonly<Value> = Value extends string | number
  ? Value
  : Value extends object
    ? { readonly [Name in keyof Value]: DeepReadonly<Value[Name]> }
    : Value;
