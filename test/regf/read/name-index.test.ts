/** Looking up names again and again: edits are seen, the first of two counts, damage stays damage. */
import { describe, expect, test } from "vitest";
import { HeldBytes } from "../../../src/regf/held-bytes.ts";
import { buildHive, editHive, type Hive, HiveError, openHive } from "../../../src/regf/index.ts";
import { RawHive } from "../../support/hostile/raw-hive.ts";

function opened(hive: RawHive): Hive {
  return openHive({ primary: new HeldBytes("raw", hive.finish()), logs: [] });
}

test("what an edit makes is found at once, what it deletes is not", () => {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive);
  expect(hive.root.subkey("new")).toBeUndefined();
  edit.createKey("New");
  edit.setValue("New", "v", 1, new Uint8Array(2));
  expect(hive.root.subkey("new")?.value("V")?.name).toBe("v");
  edit.renameValue("New", "v", "w");
  expect([hive.root.subkey("new")?.value("v"), hive.root.subkey("new")?.value("w")?.name]).toEqual([undefined, "w"]);
  edit.deleteKey("New");
  expect(hive.root.subkey("new")).toBeUndefined();
  edit.discard();
  expect(hive.root.subkey("new")).toBeUndefined();
});

describe("of two with one name", () => {
  test("the first value counts", () => {
    const hive = new RawHive(8192);
    const values = [hive.value("a"), hive.value("V", { type: 1 }), hive.value("v", { type: 2 })];
    hive.setKey(hive.root, { values: hive.numbers(values), valueCount: 3 });
    const { root } = opened(hive);
    expect([root.value("v")?.type, root.value("A")?.name, root.value("V")?.type]).toEqual([1, "a", 1]);
  });

  test("the first key counts", () => {
    const hive = new RawHive(8192);
    const keys = [hive.key(hive.root, "K", { valueCount: 0 }), hive.key(hive.root, "k")];
    hive.setKey(hive.root, { subkeys: hive.list("lh", keys, ["K", "k"]), subkeyCount: 2 });
    expect(opened(hive).root.subkey("k")?.cell).toBe(keys[0]);
  });
});

test("what stands before a damaged place is found, what would come after it is an error each time", () => {
  const hive = new RawHive(8192);
  const keys = [hive.key(hive.root, "A"), hive.cell(8), hive.key(hive.root, "C")];
  hive.setKey(hive.root, { subkeys: hive.list("lh", keys, ["A", "B", "C"]), subkeyCount: 3 });
  const { root } = opened(hive);
  for (let times = 0; times < 2; times++) {
    expect(root.subkey("a")?.name).toBe("A");
    expect(() => root.subkey("c")).toThrow(HiveError);
    expect(() => root.subkey("not there")).toThrow(HiveError);
  }
});
