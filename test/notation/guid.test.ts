/** GUIDs as text and as the structure. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { guidOfBytes, parseGuid } from "../../src/notation/guid.ts";

test.each([
  "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}",
  "{698e50a9-4f58-4d86-b61d-f42e58dcacf6}",
  "698e50a9-4f58-4d86-b61d-f42e58dcacf6",
  " {698E50A9-4f58-4D86-B61D-f42e58dcacf6} ",
])("reads %j", (text) => {
  expect(parseGuid(text)).toBe("{698E50A9-4F58-4D86-B61D-F42E58DCACF6}");
});

test.each([
  "",
  "{}",
  "NdisWanIp",
  "{698E50A9-4F58-4D86-B61D-F42E58DCACF6",
  "698E50A9-4F58-4D86-B61D-F42E58DCACF6}",
  "{698E50A94F584D86B61DF42E58DCACF6}",
  "{698E50A9-4F58-4D86-B61D-F42E58DCACFG}",
])("refuses %j", (text) => {
  expect(parseGuid(text)).toBeUndefined();
});

test("the structure's first three fields are little-endian", () => {
  const bytes = Uint8Array.from([
    0xa9, 0x50, 0x8e, 0x69, 0x58, 0x4f, 0x86, 0x4d, 0xb6, 0x1d, 0xf4, 0x2e, 0x58, 0xdc, 0xac, 0xf6,
  ]);
  expect(guidOfBytes(bytes)).toBe("{698E50A9-4F58-4D86-B61D-F42E58DCACF6}");
  expect(guidOfBytes(bytes.subarray(1))).toBeUndefined();
});

test("what guidOfBytes writes is read unchanged, and different bytes are different GUIDs", () => {
  const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(sixteen, sixteen, (left, right) => {
      const guid = guidOfBytes(left) ?? "";
      expect(parseGuid(guid.toLowerCase())).toBe(guid);
      expect(guidOfBytes(right) === guid).toBe(Buffer.compare(left, right) === 0);
    }),
  );
});
