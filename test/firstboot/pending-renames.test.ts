/** What Windows does at its next start: read, and written again, the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { pendingRenamesData, readPendingRenames } from "../../src/firstboot/pending-renames.ts";
import { buildHive, editHive, type Key } from "../../src/regf/index.ts";
import { registryBytes } from "../../src/windows/registry-data.ts";

const MANAGER = "Control\\Session Manager";

function withBytes(bytes: Uint8Array): Key {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive);
  edit.createKey(MANAGER);
  edit.setValue(MANAGER, "PendingFileRenameOperations", 7, bytes);
  return hive.root;
}

const TEXT = fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\0", ""));

describe("PendingFileRenameOperations", () => {
  test("written and read again is the same, with empty texts too", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ what: TEXT, to: TEXT }), { maxLength: 5 }), (renames) => {
        const { data } = registryBytes(pendingRenamesData(renames));
        expect(readPendingRenames(withBytes(data))).toEqual(renames);
      }),
    );
  });

  test.each([
    [
      "a\0b\0c\0\0\0",
      [
        ["a", "b"],
        ["c", ""],
      ],
    ],
    [
      "a\0\0c\0d\0",
      [
        ["a", ""],
        ["c", "d"],
      ],
    ],
    ["a\0\0", [["a", ""]]],
    ["a", [["a", ""]]],
    ["\0", []],
    ["", []],
  ])("%j, with and without the NULs at its end", (text, pairs) => {
    const read = readPendingRenames(withBytes(encodeUtf16(text)));
    expect(read.map(({ what, to }) => [what, to])).toEqual(pairs);
  });
});
