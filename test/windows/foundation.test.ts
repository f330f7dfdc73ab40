/** What teams and virtual switches stand on: found in the bindings of their protocols, in Hyper-V's list, in what stands below them. */
import { describe, expect, test } from "vitest";
import { readWindows } from "../../src/windows/read-windows.ts";
import { dword, type FakeValues, fakeRoot, multiSz, sz } from "../support/fake-key.ts";

type Keys = Readonly<Record<string, FakeValues>>;

const NET = "{4D36E972-E325-11CE-BFC1-08002BE10318}";
const PROTOCOLS = "{4d36e975-e325-11ce-bfc1-08002be10318}";
const guid = (digit: string): string => `{${digit.repeat(8)}-0000-0000-0000-000000000000}`;

interface Given {
  readonly componentId?: string;
  readonly upperBind?: readonly string[];
  /** Digits of the adapters below it. */
  readonly standsOn?: readonly string[];
}

/** Names and places of everything here were seen in hives of 8.1 and 10 1903, empty; that a team's members are bound so is *inferred*. */
function adapter(digit: string, { componentId = "pci\\ven_8086", upperBind = ["Tcpip"], standsOn }: Given = {}): Keys {
  const classKey = `Control\\Class\\${NET}\\000${digit}`;
  return {
    [classKey]: { NetCfgInstanceId: sz(guid(digit)), ComponentId: sz(componentId), Characteristics: dword(0x84) },
    [`${classKey}\\Linkage`]: {
      RootDevice: multiSz(guid(digit), ...(standsOn ?? []).map(guid)),
      UpperBind: multiSz(...upperBind),
    },
  };
}

const team = (digit: string, given: Given = {}) =>
  adapter(digit, { componentId: "compositebus\\ms_implat_mp", ...given });
const host = (digit: string, given: Given = {}) => adapter(digit, { componentId: "root\\vms_mp", ...given });
const member = (digit: string) => adapter(digit, { upperBind: ["NdisImPlatform"] });
const uplink = (digit: string) => adapter(digit, { upperBind: ["VMSP"] });
const onSwitch = (key: string, name: string): Keys => ({
  [`Services\\vmsmp\\parameters\\NicList\\${key}`]: { SwitchName: sz(name) },
});

/** By digit: `2: 3,4` for a foundation, with `?` where it is not its alone; `3 of team` for a member. */
function told(...parts: readonly Keys[]): string[] {
  const keys = Object.entries({ "Control\\Network": {}, ...Object.assign({}, ...parts) } as Keys);
  const root = fakeRoot({
    Select: { Current: dword(1) },
    ...Object.fromEntries(keys.map(([path, values]) => [`ControlSet001\\${path}`, values])),
  });
  const digitOf = (text: string): string => text[1] ?? "";
  return readWindows(root).connections.flatMap(({ guid: own, adapter: found }) => {
    const { foundation, memberOf } = found ?? {};
    const members = foundation?.members.map(digitOf).toSorted().join(",");
    return [
      ...(foundation === undefined ? [] : [`${digitOf(own)}: ${members}${foundation.attributed ? "" : "?"}`]),
      ...(memberOf === undefined ? [] : [`${digitOf(own)} of ${memberOf}`]),
    ];
  });
}

describe("a team", () => {
  test("of the adapters on which its protocol sits", () => {
    expect(told(team("1"), member("2"), member("3"), adapter("4"))).toEqual(["1: 2,3", "2 of team", "3 of team"]);
  });

  test("names of services have no case; the service's own list of bindings counts too, with adapters that are gone", () => {
    const bind = {
      "Services\\NdisImPlatform\\Linkage": {
        Bind: multiSz(`\\Device\\${guid("2").toLowerCase()}`, `\\Device\\${guid("9")}`),
      },
    };
    expect(
      told(team("1"), adapter("3", { upperBind: ["ndisimplatform"] }), adapter("2", { upperBind: [] }), bind),
    ).toEqual(["1: 2,3,9", "2 of team", "3 of team"]);
  });

  test("a second team: whose the members are cannot be told", () => {
    expect(told(team("1"), team("2"), member("3"), member("4")).slice(0, 2)).toEqual(["1: 3,4?", "2: 3,4?"]);
  });

  test("unless it names what it stands on, as the packet scheduler's adapters do in XP", () => {
    expect(
      told(team("1", { standsOn: ["3"] }), team("2", { standsOn: ["4"] }), member("3"), member("4")).slice(0, 2),
    ).toEqual(["1: 3", "2: 4"]);
  });

  test("a vendor's, by the component and the service of its protocol", () => {
    const intel = {
      [`Control\\Network\\${PROTOCOLS}\\{A}`]: { ComponentId: sz("iansprotocol") },
      [`Control\\Network\\${PROTOCOLS}\\{A}\\Ndi`]: { Service: sz("iANSProt") },
    };
    const vendors = adapter("1", { componentId: "iansminiport" });
    expect(told(vendors, adapter("2", { upperBind: ["iansprot"] }), intel)).toEqual(["1: 2", "2 of team"]);
    expect(told(vendors, adapter("2", { upperBind: ["iansprot"] }))).toEqual(["1: "]);
  });

  test("a protocol that is no team's is no member's sign", () => {
    const other = {
      [`Control\\Network\\${PROTOCOLS}\\{A}`]: { ComponentId: sz("ms_rspndr") },
      [`Control\\Network\\${PROTOCOLS}\\{A}\\Ndi`]: { Service: sz("rspndr") },
    };
    expect(told(team("1"), adapter("2", { upperBind: ["Tcpip", "rspndr"] }), other)).toEqual(["1: "]);
  });
});

describe("a virtual switch", () => {
  test("of its uplinks; a team can be one", () => {
    expect(told(host("1"), uplink("2"))).toEqual(["1: 2", "2 of virtual-switch"]);
    expect(told(host("1"), team("2", { upperBind: ["VMSP"] }), member("3"))).toEqual([
      "1: 2",
      "2: 3",
      "2 of virtual-switch",
      "3 of team",
    ]);
  });

  test("two switches: Hyper-V's list says whose the uplinks are", () => {
    const keys = [host("1"), host("2"), uplink("3"), uplink("4")];
    expect(told(...keys).slice(0, 2)).toEqual(["1: 3,4?", "2: 3,4?"]);
    const list = [
      onSwitch(guid("1"), "A"),
      onSwitch(`/DEVICE/${guid("2")}`, "b"),
      onSwitch(`/Device/${guid("3")}`, "B"),
      onSwitch(`/DEVICE/${guid("4").toLowerCase()}`, "a"),
    ];
    expect(told(...keys, ...list).slice(0, 2)).toEqual(["1: 4", "2: 3"]);
  });

  test("an internal one has none", () => {
    expect(told(host("1"), uplink("3"), onSwitch(guid("1"), "A"), onSwitch(guid("3"), "B"))[0]).toBe("1: ");
  });
});

test("a circle in the hive is read as it stands", () => {
  expect(told(team("1", { standsOn: ["2"] }), team("2", { standsOn: ["1"] }))).toEqual(["1: 2", "2: 1"]);
});
