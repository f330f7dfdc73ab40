/** A key with everything below it as .reg entries. */
import type { RegEntry } from "./model.ts";

/** What this needs of a key: the hive engine's `Key` is one, and so is anything a test makes. */
export interface ReadableKey {
  /** Path below the root, "" for the root. */
  readonly path: string;
  subkeys(): Iterable<ReadableKey>;
  values(): Iterable<{ readonly name: string; readonly type: number; readonly data: Uint8Array }>;
}

/** Parents before their subkeys, in the key's own order; `prefix` (`HKEY_LOCAL_MACHINE\SYSTEM`) stands before each path. */
export function* regEntriesOf(key: ReadableKey, prefix: string): Generator<RegEntry> {
  const pending: ReadableKey[] = [key];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const values = Array.from(next.values(), ({ name, type, data }) => ({
      kind: "set-value" as const,
      name,
      type,
      data,
    }));
    yield { kind: "set-key", path: next.path === "" ? prefix : `${prefix}\\${next.path}`, values };
    pending.push(...Array.from(next.subkeys()).reverse());
  }
}
