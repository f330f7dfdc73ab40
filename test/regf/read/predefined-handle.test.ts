/** A key that stands for a predefined handle has no values, whatever stands where others count theirs. */
import { expect, test } from "vitest";
import { keyAt } from "../../../scripts/fixtures/bad-hives/places.ts";
import { smallHive } from "../../../scripts/fixtures/bad-hives/sound-hives.ts";
import { KEY_FLAG, KEY_NODE } from "../../../src/regf/format/key-node.ts";
import type { CellOffset } from "../../../src/regf/format/offsets.ts";
import { checkHive, editHive, EditError } from "../../../src/regf/index.ts";
import { openBytes } from "../../support/sample-hive.ts";

const { fields: KEY } = KEY_NODE;

test("it is read and checked without values, takes none, and can be deleted", () => {
  const hive = openBytes(smallHive());
  const key = keyAt(hive, "Alpha\\Beta\\Gamma");
  hive.bins.set(key, KEY.flags, KEY_FLAG.compressedName | KEY_FLAG.predefinedHandle);
  hive.bins.set(key, KEY.valueCount, 0x8000_0060); // HKEY_PERFORMANCE_NLSTEXT
  hive.bins.set(key, KEY.values, 0 as CellOffset);
  expect([...(hive.root.open("Alpha\\Beta\\Gamma")?.values() ?? [])]).toEqual([]);
  expect(checkHive(hive).problems).toEqual([]);
  const edit = editHive(hive);
  expect(() => edit.setValue("Alpha\\Beta\\Gamma", "x", 1, new Uint8Array(10))).toThrow(EditError);
  edit.deleteKey("Alpha\\Beta\\Gamma");
  expect(checkHive(hive).problems).toEqual([]);
});
