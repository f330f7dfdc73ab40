/** What is done to the files of a hive, as data: so that an order can be read, tested, shuffled, and known before it runs. */
import type { FileRole } from "./model.ts";

export type Operation =
  | { readonly kind: "write"; readonly file: FileRole; readonly offset: number; readonly bytes: Uint8Array }
  /** At least so long, with zeros. */
  | { readonly kind: "grow"; readonly file: FileRole; readonly sizeBytes: number }
  /** Exactly so long; the primary only. */
  | { readonly kind: "truncate"; readonly file: "primary"; readonly sizeBytes: number }
  | { readonly kind: "flush"; readonly file: FileRole };

/** A commit in three parts; what a failure means depends on the part. */
export interface Order {
  /** The hive stays what it was, whatever happens here. */
  readonly before: readonly Operation[];
  /** The primary's first bytes until then. */
  readonly unarmedBlock: Uint8Array;
  /** The point of commit. */
  readonly arm: readonly Operation[];
  /** The journal holds the new state, whatever happens here. */
  readonly after: readonly Operation[];
}

export function write(file: FileRole, offset: number, bytes: Uint8Array): Operation {
  return { kind: "write", file, offset, bytes };
}

export function grow(file: FileRole, sizeBytes: number): Operation {
  return { kind: "grow", file, sizeBytes };
}

export function truncate(sizeBytes: number): Operation {
  return { kind: "truncate", file: "primary", sizeBytes };
}

export function flush(file: FileRole): Operation {
  return { kind: "flush", file };
}

export function operationsOf(order: Order): Operation[] {
  return [...order.before, ...order.arm, ...order.after];
}
