/** Access lists as bytes and as SDDL: both ways, nothing concluded from what is not known, and who may write. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex } from "../../../src/bytes/hex.ts";
import { type AccessEntry, formatDescriptor, parseDescriptor } from "../../../src/image/access-list/descriptor.ts";
import { parseSddl } from "../../../src/image/access-list/sddl.ts";
import { wantedDescriptor, whyOthersMayRead, whyOthersMayWrite } from "../../../src/image/access-list/who-may-write.ts";

/** Of a folder that ntfs-3g 2022.10.3 made in a new volume: everyone may do everything. */
const NEW_FOLDER =
  "0100048014000000240000000000000034000000010200000000000520000000200200000102000000000005200000002002000002001c000100000000031400ff011f00010100000000000100000000";

const sid = fc
  .tuple(fc.nat(0xffff), fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 6 }))
  .map(([authority, parts]) => ["S-1", authority, ...parts].join("-"));
const entry: fc.Arbitrary<AccessEntry> = fc.record({
  allows: fc.boolean(),
  flags: fc.nat(31),
  mask: fc.nat(0xffffffff),
  sid,
});

describe("a security descriptor", () => {
  test("of a folder that ntfs-3g made lets everyone write", () => {
    const found = parseDescriptor(fromHex(NEW_FOLDER) ?? new Uint8Array());
    expect(found).toEqual({
      owner: "S-1-5-32-544",
      isProtected: false,
      entries: [{ allows: true, flags: 3, mask: 0x1f01ff, sid: "S-1-1-0" }],
    });
    expect(found && whyOthersMayWrite(found)).toBe("its access list lets S-1-1-0 write (0x1f01ff)");
  });

  test("that was formatted is read as what it was made of", () => {
    fc.assert(
      fc.property(sid, fc.boolean(), fc.array(entry, { maxLength: 5 }), (owner, isProtected, entries) => {
        expect(parseDescriptor(formatDescriptor(owner, isProtected, entries))).toEqual({ owner, isProtected, entries });
      }),
    );
  });

  test("of whatever bytes is read or is none, and cut short it is none", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => void parseDescriptor(bytes)));
    const whole = wantedDescriptor("administrators-only", "folder");
    for (let length = 0; length < whole.length; length++) {
      expect(parseDescriptor(whole.subarray(0, length))).toBeUndefined();
    }
  });

  test("with a kind of entry that is not known is none", () => {
    const bytes = wantedDescriptor("administrators-only", "file");
    const at = 20 + 16 + 16 + 8; // behind the header, owner, group and the head of the list
    const strange = bytes.slice();
    strange[at] = 5; // an entry for an object
    expect(parseDescriptor(bytes)).toBeDefined();
    expect(bytes[at]).toBe(0);
    expect(parseDescriptor(strange)).toBeUndefined();
  });
});

describe("the access list that is wanted", () => {
  test.each(["folder", "file"] as const)("of a %s lets nobody else write", (kind) => {
    for (const wanted of ["administrators-only", "administrators-write"] as const) {
      const found = parseDescriptor(wantedDescriptor(wanted, kind));
      expect(found?.isProtected).toBe(true);
      expect(found && whyOthersMayWrite(found)).toBeUndefined();
    }
  });

  test("is what icacls saves of it", () => {
    expect(parseSddl("D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)")).toEqual({
      ...parseDescriptor(wantedDescriptor("administrators-only", "folder")),
      owner: undefined,
    });
    expect(parseSddl("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)")).toEqual({
      ...parseDescriptor(wantedDescriptor("administrators-write", "folder")),
      owner: undefined,
    });
  });
});

describe("who may write", () => {
  /** As Windows has it for a folder below its own (Microsoft: what Windows Server 2019's own icacls shows). */
  const BELOW_WINDOWS =
    "D:AI(A;ID;FA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)(A;CIIOID;GA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)(A;ID;FA;;;SY)(A;OICIIOID;GA;;;SY)(A;ID;FA;;;BA)(A;OICIIOID;GA;;;BA)(A;ID;0x1200a9;;;BU)(A;OICIIOID;GXGR;;;BU)(A;OICIIOID;GA;;;CO)(A;ID;0x1200a9;;;S-1-15-2-1)";

  test.each([
    [BELOW_WINDOWS, undefined],
    ["D:(A;;FA;;;BA)(A;;0x1200a9;;;WD)", undefined],
    ["D:(A;;FA;;;BA)(A;IO;FA;;;WD)", undefined],
    ["D:(D;;FA;;;WD)(A;;FA;;;SY)", undefined],
    ["D:(A;;DC;;;BU)", "its access list lets S-1-5-32-545 write (0x2)"],
    ["D:(A;;SD;;;AU)", "its access list lets S-1-5-11 write (0x10000)"],
    ["D:(A;;GW;;;S-1-5-21-1-2-3-1001)", "its access list lets S-1-5-21-1-2-3-1001 write (0x40000000)"],
    ["D:(A;;WO;;;LS)", "its access list lets LS write (0x80000)"],
    ["D:NO_ACCESS_CONTROL", "it has no access list, so that everyone may write to it"],
  ])("%s", (sddl, why) => {
    const found = parseSddl(sddl);
    expect(found).toBeDefined();
    expect(found && whyOthersMayWrite(found)).toBe(why);
  });

  test.each([
    ["D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", undefined],
    ["D:(D;;FA;;;WD)(A;;FA;;;SY)", undefined],
    ["D:(A;;FA;;;BA)(A;;RC;;;BU)", undefined],
    [BELOW_WINDOWS, "its access list lets S-1-5-32-545 read or write (0x1200a9)"],
    ["D:(A;;FA;;;BA)(A;OICIIO;GA;;;CO)", "its access list lets S-1-3-0 read or write (0x10000000)"],
    ["D:(A;;GR;;;AU)", "its access list lets S-1-5-11 read or write (0x80000000)"],
    ["D:(A;;CC;;;WD)", "its access list lets S-1-1-0 read or write (0x1)"],
    ["D:(A;;WD;;;WD)", "its access list lets S-1-1-0 read or write (0x40000)"],
    ["D:NO_ACCESS_CONTROL", "it has no access list, so that everyone may read it"],
  ])("who may read: %s", (sddl, why) => {
    const found = parseSddl(sddl);
    expect(found).toBeDefined();
    expect(found && whyOthersMayRead(found)).toBe(why);
  });

  test("an owner of another kind can change the list, and an empty list lets nobody", () => {
    const entries = parseSddl("D:P(A;;FA;;;BA)")?.entries ?? [];
    expect(whyOthersMayWrite({ owner: "S-1-5-21-1-2-3-1001", isProtected: true, entries })).toContain("belongs to");
    expect(whyOthersMayWrite({ owner: "S-1-5-18", isProtected: true, entries: [] })).toBeUndefined();
  });

  test.each(["", "O:BA", "D:(A;;FA;;;BA", "D:(X;;FA;;;BA)", "D:(A;;QQ;;;BA)", "D:(A;ZZ;FA;;;BA)", "D:(A;;FA;;;)"])(
    "%j is no list that says it",
    (text) => expect(parseSddl(text)).toBeUndefined(),
  );
});
