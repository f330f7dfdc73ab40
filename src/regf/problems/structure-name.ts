/** What the structures of a hive are called in problems: the one that refers, or that is wrong. */
export type StructureName =
  | "bin"
  | "cell"
  | "key"
  | "class name"
  | "subkey list"
  | "value list"
  | "value"
  | "value data"
  | "big data"
  | "big data list"
  | "big data segment"
  | "security";
