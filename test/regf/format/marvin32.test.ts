/** Marvin32 against a second, slow implementation in whole numbers, and against entries that Windows hashed (see log/replay.test.ts). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { marvin32 } from "../../../src/regf/format/marvin32.ts";

const MASK = 0xffff_ffffn;

/** As in the patent's description: 64 bits of state, rotated by 20, 9, 27 and 19. */
function slowMarvin32(bytes: Uint8Array): bigint {
  let low = 0x7a4e55c5n;
  let high = 0x82ef4d88n;
  const rotate = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (32n - by))) & MASK;
  const padded = [...bytes, 0x80];
  while (padded.length % 4 !== 0) padded.push(0);
  padded.push(0, 0, 0, 0);
  for (let at = 0; at < padded.length; at += 4) {
    const word = [0, 1, 2, 3].reduce((sum, index) => sum | (BigInt(padded[at + index] ?? 0) << BigInt(index * 8)), 0n);
    low = (low + word) & MASK;
    high ^= low;
    low = (rotate(low, 20n) + high) & MASK;
    high = rotate(high, 9n) ^ low;
    low = (rotate(low, 27n) + high) & MASK;
    high = rotate(high, 19n);
  }
  return (high << 32n) | low;
}

test("agrees with the slow one", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(marvin32(bytes)).toBe(slowMarvin32(bytes));
    }),
  );
});

test("a part of a buffer is hashed as its copy is", () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, index) => index * 7);
  expect(marvin32(bytes.subarray(13, 50))).toBe(marvin32(bytes.slice(13, 50)));
});
