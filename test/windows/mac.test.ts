/** Where MAC addresses are found, and which of them are believed. */
import { describe, expect, test } from "vitest";
import { fromHex } from "../../src/bytes/hex.ts";
import type { Guid } from "../../src/notation/guid.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import type { MacDisagreement } from "../../src/windows/model/windows.ts";
import { type MacEvidence, readMac } from "../../src/windows/mac/mac-ladder.ts";
import { readNsiInterfaces } from "../../src/windows/mac/nsi-interfaces.ts";
import { macOfSerialNumber } from "../../src/windows/mac/serial-number.ts";
import { binary, dword, type FakeValue, fakeRoot } from "../support/fake-key.ts";

const GUID = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}" as Guid;

describe("by serial number", () => {
  const INTEL = "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00";
  test.each<[string, string, string | undefined]>([
    ["Intel (a hive of 10 21H2)", `${INTEL}\\000C29FFFF661AA200`, "00-0C-29-66-1A-A2"],
    ["Intel (a hive of 10 1903)", `${INTEL}\\000C29FFFFF3FFDE00`, "00-0C-29-F3-FF-DE"],
    ["Intel, lower case", `${INTEL.toLowerCase()}\\000c29ffff661aa200`, "00-0C-29-66-1A-A2"],
    ["Intel, another function: its address is not written anywhere", `${INTEL}\\A0369FFFFF1E1ED801`, undefined],
    ["Intel, not an address", `${INTEL}\\000C290000661AA200`, undefined],
    ["VMware", "PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01\\FF565000BB0895FE00", "00-50-56-95-08-BB"],
    ["VMware", "PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01\\FF290C008E0E28FE00", "00-0C-29-28-0E-8E"],
    ["VMware, not an address", "PCI\\VEN_15AD&DEV_07B0\\00290C008E0E28FE00", undefined],
    ["Broadcom", "PCI\\VEN_14E4&DEV_165F&SUBSYS_1F5B1028&REV_00\\000020474790784200", "20-47-47-90-78-42"],
    [
      "Broadcom, function 1 has its own",
      "PCI\\VEN_14E4&DEV_165F&SUBSYS_1F5B1028&REV_00\\000020474790784401",
      "20-47-47-90-78-44",
    ],
    ["Broadcom, not an address", "PCI\\VEN_14E4&DEV_165F\\010020474790784200", undefined],
    ["Realtek: the same on every card", "PCI\\VEN_10EC&DEV_8168&SUBSYS_86771043&REV_15\\01000000684CE00000", undefined],
    ["a locally administered address is no maker's", `${INTEL}\\020C29FFFF661AA200`, undefined],
    ["a vendor without a rule", "PCI\\VEN_15B3&DEV_1015\\B8599FFFFF123456\\00", undefined],
    ["a slot", `${INTEL}\\4&b70f118&0&0888`, undefined],
    ["another bus", "USB\\VID_8086&PID_0001\\000C29FFFF661AA200", undefined],
    ["too short", `${INTEL}\\000C29FFFF661AA2`, undefined],
  ])("%s", (_, instanceId, expected) => {
    expect(macOfSerialNumber(instanceId, true)).toBe(expected);
    expect(macOfSerialNumber(instanceId, false)).toBeUndefined();
  });
});

/** A record of 2312 bytes as hives of 7 and 8.1 have them. */
function record(current: string, permanent: string): FakeValue {
  const data = new Uint8Array(2312).fill(0xff, 1156);
  data.set(fromHex("a9508e69584f864db61df42e58dcacf6") as Uint8Array, 1040);
  data.set([current.length / 2, 0, ...(fromHex(current) as Uint8Array)], 1088);
  data.set([permanent.length / 2, 0, ...(fromHex(permanent) as Uint8Array)], 1122);
  return { type: 3, data };
}

const NSI = "Control\\Nsi\\{eb004a11-9b1a-11d4-9123-0050047759bc}\\10";

describe("the NSI table", () => {
  test("is read by interface GUID", () => {
    const found = readNsiInterfaces(
      fakeRoot({ [NSI]: { "0000000700000600": record("020000000001", "005056a51269") } }),
    );
    expect([...found]).toEqual([
      [GUID, { luid: "0000000700000600", current: "02-00-00-00-00-01", permanent: "00-50-56-A5-12-69" }],
    ]);
  });

  test("records that are cut off, and addresses of no six bytes, are passed over", () => {
    const long = record("005056a51269", "005056a51269");
    long.data[1088] = 0xff;
    long.data[1122] = 0;
    const short = binary(1, 2, 3);
    const found = readNsiInterfaces(
      fakeRoot({ [NSI]: { a: short, b: { type: 3, data: record("", "").data.slice(0, 1155) } } }),
    );
    expect(found.size).toBe(0);
    expect([...readNsiInterfaces(fakeRoot({ [NSI]: { a: long } }))]).toEqual([
      [GUID, { luid: undefined, current: undefined, permanent: undefined }],
    ]);
  });
});

describe("the ladder", () => {
  const bytes = (hex: string): FakeValue => ({ type: 3, data: fromHex(hex) as Uint8Array });
  const kernel = (permanent: string, current: string) =>
    fakeRoot({
      [`Control\\NetworkSetup2\\Interfaces\\${GUID}\\Kernel`]: {
        PermanentAddress: bytes(permanent),
        CurrentAddress: bytes(current),
      },
    });
  const empty = fakeRoot({});
  const evidence = (values: Partial<MacEvidence>): MacEvidence => ({
    guid: GUID,
    networkAddress: "",
    nsi: undefined,
    instanceId: undefined,
    uniqueId: false,
    ...values,
  });
  const nsi = { permanent: "00-00-00-00-00-0A" as MacAddress, current: "00-00-00-00-00-0C" as MacAddress };
  const bySerial = { instanceId: "PCI\\VEN_8086&DEV_10D3\\000C29FFFF661AA200", uniqueId: true };

  test("NetworkSetup2 before NSI before the serial number", () => {
    const stored = kernel("000c29661aa2", "000c29661aa3");
    expect(readMac(stored, evidence({ nsi, ...bySerial }))).toEqual({
      permanent: "00-0C-29-66-1A-A2",
      current: "00-0C-29-66-1A-A3",
      source: "NetworkSetup2",
      disagreements: [{ source: "NSI", address: nsi.permanent }],
    });
    expect(readMac(empty, evidence({ nsi, ...bySerial }))).toEqual({
      ...nsi,
      source: "NSI",
      disagreements: [{ source: "serial-number", address: "00-0C-29-66-1A-A2" }],
    });
    expect(readMac(empty, evidence(bySerial))).toEqual({
      permanent: "00-0C-29-66-1A-A2",
      source: "serial-number",
      disagreements: [],
    });
    expect(readMac(empty, evidence({}))).toEqual({ disagreements: [] });
  });

  test("the user's own address is the current one, and never the permanent one", () => {
    expect(readMac(empty, evidence({ nsi, networkAddress: "02-AA-BB-CC-DD-EE" }))).toEqual({
      permanent: nsi.permanent,
      current: "02-AA-BB-CC-DD-EE",
      source: "NSI",
      disagreements: [],
    });
    expect(readMac(empty, evidence({ networkAddress: "02AABBCCDDEE" }))).toEqual({
      current: "02-AA-BB-CC-DD-EE",
      source: "override",
      disagreements: [],
    });
    expect(readMac(empty, evidence({ networkAddress: "not an address" }))).toEqual({ disagreements: [] });
  });

  test("what no station can have is not believed, and the next rung is asked", () => {
    for (const address of [
      "000000000000",
      "ffffffffffff",
      "01005e000001",
      "50502052415300".slice(0, 12),
      "20415359" + "4eff",
      "00".repeat(32),
    ]) {
      expect(readMac(kernel(address, address), evidence({ nsi }))).toEqual({
        ...nsi,
        source: "NSI",
        disagreements: [],
      });
    }
  });

  describe("the maker that DHCPv6 noted", () => {
    const iaid = (number: number) =>
      fakeRoot({ [`Services\\TCPIP6\\Parameters\\Interfaces\\${GUID.toLowerCase()}`]: { Dhcpv6Iaid: dword(number) } });

    test.each<[string, number, readonly MacDisagreement[]]>([
      ["the same, as in a hive of 7", 0x1100_0000 + 0x0c29, []],
      ["another", 0x1100_5056, [{ source: "DHCPv6 IAID", address: "00-50-56" }]],
      ["none: adapters without an address have zeros", 0x1200_0000, []],
    ])("%s", (_, number, disagreements) => {
      expect(readMac(iaid(number), evidence(bySerial)).disagreements).toEqual(disagreements);
    });

    test("is a check, and no address", () => {
      expect(readMac(iaid(0x1100_5056), evidence({}))).toEqual({ disagreements: [] });
    });
  });
});
