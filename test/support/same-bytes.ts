/** Compares long byte arrays quickly, and says where they part. */
import { expect } from "vitest";

export function expectSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(actual, expected) === 0) return;
  const at = actual.findIndex((byte, index) => byte !== expected[index]);
  expect({ size: actual.length, firstDifference: at }).toEqual({ size: expected.length, firstDifference: "none" });
}
