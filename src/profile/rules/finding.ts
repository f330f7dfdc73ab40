/** What a rule finds: an error, or with a code a warning. */
import type { JsonPath } from "../../document/json-reader.ts";
import type { ConnectionDraft, Placed } from "../draft.ts";

export interface Finding {
  readonly path: JsonPath;
  /** What is wrong and what to do, for a person. */
  readonly message: string;
  /** Stable, kebab-case; only a warning has one. */
  readonly warning?: string | undefined;
}

/** A rule sees all connections, for some rules are about two of them. */
export type Rule = (drafts: readonly ConnectionDraft[]) => readonly Finding[];

/** Each value that stood before, and where it first stood. */
export function repeated<Value>(
  items: readonly Placed<Value>[],
  keyOf: (value: Value) => string,
): readonly { readonly item: Placed<Value>; readonly first: Placed<Value> }[] {
  const firsts = new Map<string, Placed<Value>>();
  return items.flatMap((item) => {
    const key = keyOf(item.value);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, item);
    return first === undefined ? [] : [{ item, first }];
  });
}
