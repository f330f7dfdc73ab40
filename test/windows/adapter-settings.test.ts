/** What belongs to a connection's adapter, and DNS over HTTPS: read, and in real hives not found where nobody set it. */
import { describe, expect, test } from "vitest";
import type { Guid } from "../../src/notation/guid.ts";
import { readClassKeys } from "../../src/windows/adapters/class-keys.ts";
import type { ConnectionSettings } from "../../src/windows/model/settings.ts";
import { interfaceLuids } from "../../src/windows/interface-luids.ts";
import { readConnectionSettings } from "../../src/windows/settings/connection-settings.ts";
import { dword, type FakeValues, fakeRoot, multiSz, qword, sz } from "../support/fake-key.ts";
import { describeWithRealHives } from "../support/real-hives.ts";
import { physical, readReal } from "./open-real.ts";

const GUID = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}" as Guid;
const CLASS_KEY = "Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0012";

/** Property keys shaped as in a Windows 10 21H2 hive; the changed values are made up. */
function settings(keys: Readonly<Record<string, FakeValues>>, own: FakeValues = {}): ConnectionSettings {
  const controlSet = fakeRoot({ ...keys, [CLASS_KEY]: { NetCfgInstanceId: sz(GUID), ...own } });
  const [classKey] = readClassKeys(controlSet);
  return readConnectionSettings(controlSet, { guid: GUID, classKey, luid: interfaceLuids(controlSet)(GUID) });
}

const textsOf = ({ adapterSettings }: ConnectionSettings): string[] => (adapterSettings ?? []).map(({ text }) => text);

describe("IPv6 of the interface", () => {
  const TABLE = "Control\\Nsi\\{EB004A01-9B1A-11D4-9123-0050047759BC}\\7";
  const ethernet = { "*IfType": dword(6), NetLuidIndex: dword(0x8001) };
  /** As in hives of 10 21H2 (480 bytes) and 8.1. */
  const usual = (size: number): Uint8Array => {
    const data = new Uint8Array(size).fill(0xff);
    for (const [from, to] of [
      [32, 44],
      [120, 124],
      [152, 153],
      [216, 220],
    ] as const)
      data.fill(0, from, to);
    return data;
  };
  const read = (data: Uint8Array, own: FakeValues = ethernet): string[] =>
    textsOf(settings({ [TABLE]: { "0000000180000600": { type: 3, data } } }, own));

  test.each([464, 480])("as Windows has it in %i bytes", (size) => {
    expect(read(usual(size))).toEqual([]);
    const automatic = usual(size);
    automatic.set([0xfe, 0x80, 1, 2, 3], 136);
    expect(read(automatic)).toEqual([]);
  });

  test.each([4, 33, 121, 300])("a byte that is another one is told: %i", (offset) => {
    const data = usual(480);
    data[offset] = 7;
    expect(read(data)).toEqual([expect.stringContaining(`from byte ${offset} on`)]);
    expect(read(data, { ...ethernet, "*IfType": dword(131) })).toEqual([]);
  });

  test("the record of an interface whose class key is gone is found by the LUID that another place tells", () => {
    const data = usual(480);
    data[4] = 7;
    const controlSet = fakeRoot({ [TABLE]: { "0000000180000600": { type: 3, data } } });
    const texts = (luid: string | undefined): string[] =>
      textsOf(readConnectionSettings(controlSet, { guid: GUID, classKey: undefined, luid }));
    expect(texts("0000000180000600")).toEqual([expect.stringContaining("from byte 4 on")]);
    expect([...texts("0000000280000600"), ...texts(undefined)]).toEqual([]);
  });

  test("of a record of another size nothing can be told", () => {
    expect(read(new Uint8Array(368))).toEqual([]);
  });
});

describe("a driver's properties", () => {
  const jumbo = {
    [`${CLASS_KEY}\\Ndi\\Params\\*JumboPacket`]: { ParamDesc: sz("Jumbo Packet"), default: sz("1514") },
    [`${CLASS_KEY}\\Ndi\\Params\\*JumboPacket\\Enum`]: { "1514": sz("Disabled"), "9014": sz("9014 Bytes") },
  };

  test("one that is not as the driver has it, in the driver's words", () => {
    expect(settings(jumbo, { "*JumboPacket": sz("9014") }).adapterSettings).toEqual([
      {
        kind: "advanced-property",
        name: "*JumboPacket",
        text: "Jumbo Packet is 9014 Bytes (the driver's own: Disabled)",
      },
    ]);
  });

  test("one that is as the driver has it, or is not there, is none", () => {
    expect(textsOf(settings(jumbo, { "*JumboPacket": sz("1514") }))).toEqual([]);
    expect(textsOf(settings(jumbo))).toEqual([]);
  });

  test("a number, without words for it; a text with the place of its translation", () => {
    const vlan = {
      [`${CLASS_KEY}\\Ndi\\Params\\VlanID`]: { ParamDesc: sz("@oem3.inf,%vlan%;VLAN ID"), Default: sz("0") },
      [`${CLASS_KEY}\\Ndi\\Params\\NetworkAddress`]: { ParamDesc: sz("Locally Administered Address"), default: sz("") },
    };
    expect(textsOf(settings(vlan, { VlanID: sz("120"), NetworkAddress: sz("020000000001") }))).toEqual([
      "VLAN ID is 120 (the driver's own: 0)",
      "Locally Administered Address is 020000000001 (the driver's own: empty)",
    ]);
  });
});

describe("IPv6 that is unticked", () => {
  const bound = (...names: string[]) => ({ [`${CLASS_KEY}\\Linkage`]: { UpperBind: multiSz(...names) } });
  const tcpip6 = { "Services\\Tcpip6": { Start: dword(1) } };

  test.each<[string, Record<string, FakeValues>, string[]]>([
    ["missing beside TCP/IP", { ...tcpip6, ...bound("Ndisuio", "Tcpip") }, ["IPv6 is unticked"]],
    ["there", { ...tcpip6, ...bound("Tcpip", "TCPIP6") }, []],
    ["nothing is bound at all", { ...tcpip6, ...bound() }, []],
    ["IPv6 is not installed", bound("Tcpip"), []],
  ])("%s", (_what, keys, texts) => {
    expect(textsOf(settings(keys))).toEqual(texts);
  });
});

test("an alternate configuration; the value that says so travels to no other interface", () => {
  const found = settings({
    [`Services\\Dhcp\\Configurations\\Alternate_${GUID.toLowerCase()}`]: {},
    [`Services\\Tcpip\\Parameters\\Interfaces\\${GUID}`]: { ActiveConfigurations: multiSz(`Alternate_${GUID}`) },
  });
  expect(found.adapterSettings?.map(({ kind }) => kind)).toEqual(["alternate-configuration"]);
  expect(found.raw).toEqual([]);
});

test("DNS over HTTPS, both lists; a key that is no address is none", () => {
  const doh = `Services\\Dnscache\\InterfaceSpecificParameters\\${GUID.toLowerCase()}\\DohInterfaceSettings`;
  const values = { DohFlags: qword(2n), DohTemplate: sz("https://dns.example.test/query") };
  const found = settings({
    [`${doh}\\Doh\\10.0.0.53`]: values,
    [`${doh}\\Doh\\somewhere`]: values,
    [`${doh}\\Doh6\\2001:DB8::53`]: { DohFlags: qword(1n) },
  });
  expect(found.dnsOverHttps).toEqual([
    {
      server: "10.0.0.53",
      values: [
        { name: "DohFlags", value: { type: "REG_QWORD", data: { hex: "0200000000000000" } } },
        { name: "DohTemplate", value: { type: "REG_SZ", data: "https://dns.example.test/query" } },
      ],
    },
    {
      server: "2001:db8::53",
      values: [{ name: "DohFlags", value: { type: "REG_QWORD", data: { hex: "0100000000000000" } } }],
    },
  ]);
});

describeWithRealHives("the hives of XP SP3, 7 SP1, 8.1 and 10", () => {
  test.each<[Parameters<typeof readReal>[0], string[][]]>([
    ["xp-sp3-dell", [[]]],
    ["win7-sp1-x86-esx", [["IPv6 is unticked"], []]],
    ["win81-x64-virtualbox-dirty", [[]]],
    ["win10-1903-vmware-dirty", [[]]],
    ["win10-21h2-vmware", [[]]],
  ])("%s: nothing but the IPv6 that is unticked on the first adapter of 7", (hive, texts) => {
    const { connections } = readReal(hive);
    const own = physical({ connections } as never);
    expect(own.map(({ settings: found }) => textsOf(found))).toEqual(texts);
    expect(own.flatMap(({ settings: found }) => found.dnsOverHttps ?? [])).toEqual([]);
  });
});
