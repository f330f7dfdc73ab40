/** Random registry changes on a few keys and values, so that they hit what others made. */
import fc from "fast-check";
import { valueAt } from "../../src/apply/writing/standing.ts";
import type { Hive } from "../../src/regf/index.ts";
import type { Change } from "../../src/windows/model/change.ts";

interface RandomChange {
  readonly kind: Change["kind"];
  readonly key: string;
  readonly name: string;
  readonly data: number;
}

export const randomChange: fc.Arbitrary<RandomChange> = fc.record({
  kind: fc.constantFrom("set-value", "delete-value", "create-key", "delete-key"),
  key: fc.constantFrom("A", "A\\B", "A\\C", "A\\C\\D"),
  name: fc.constantFrom("", "x", "X", "number"),
  data: fc.nat(3),
});

/** undefined: there is nothing that it could change here. */
export function changeThatFits(there: Hive, { kind, key, name, data }: RandomChange): Change | undefined {
  const exists = there.root.open(key) !== undefined;
  const was = valueAt(there.root, key, name);
  switch (kind) {
    case "create-key":
      return exists ? undefined : { kind, key };
    case "delete-key":
      return exists && key !== "A" ? { kind, key } : undefined;
    case "set-value":
      return exists ? { kind, key, name, type: "REG_DWORD", data, was } : undefined;
    case "delete-value":
      return was === null ? undefined : { kind, key, name, was };
  }
}
