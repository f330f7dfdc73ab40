/** What an adapter is, where it sits, and whether TCP/IP is bound to it. */
import { describe, expect, test } from "vitest";
import type { Guid } from "../../src/notation/guid.ts";
import type { ClassKey } from "../../src/windows/adapters/class-keys.ts";
import { type KindEvidence, kindOf, whyNotPhysical } from "../../src/windows/adapters/kind.ts";
import { parseLocation } from "../../src/windows/adapters/location.ts";
import { isBoundToTcpip } from "../../src/windows/adapters/tcpip-binding.ts";
import { netLuid, typeInLuid } from "../../src/windows/luid.ts";
import { fakeRoot, multiSz } from "../support/fake-key.ts";

const OWN = "{11111111-1111-1111-1111-111111111111}" as Guid;
const OTHER = "{22222222-2222-2222-2222-222222222222}" as Guid;

function classKey(values: Partial<ClassKey>): ClassKey {
  return {
    digits: "0001",
    key: fakeRoot({}),
    guid: OWN,
    description: "",
    componentId: "pci\\ven_8086&dev_100f",
    characteristics: 0x84,
    ifType: 6,
    netLuidIndex: 1,
    upperBind: ["Tcpip"],
    rootDevices: [OWN],
    deviceInstanceId: undefined,
    networkAddress: "",
    ...values,
  };
}

function evidence(values: Partial<KindEvidence> = {}): KindEvidence {
  return { physical: true, description: "", hardwareIds: [], compatibleIds: [], ...values };
}

describe("physical and kind", () => {
  test.each<[string, Partial<ClassKey>, string | undefined, boolean, string]>([
    ["PCI Ethernet", {}, "PCI\\VEN_8086&DEV_100F\\4&b70f118&0&0888", true, "ethernet"],
    ["PCI Ethernet of XP", { ifType: undefined }, "PCI\\VEN_8086&DEV_100E\\4&3b1caf2b&0&60F0", true, "ethernet"],
    ["PCI Wi-Fi", { ifType: 71 }, "PCI\\VEN_8086&DEV_24FD\\4&1", true, "wifi"],
    ["USB Ethernet", { componentId: "usb\\vid_0bda&pid_8153" }, "USB\\VID_0BDA&PID_8153\\001000001", true, "ethernet"],
    [
      "Hyper-V synthetic",
      { componentId: "vmbus\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}" },
      "VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}\\{4487b255}",
      true,
      "ethernet",
    ],
    ["Xen", { componentId: "xenvif\\ven_xs0001&dev_net" }, "XENVIF\\VEN_XS0001&DEV_NET\\0", true, "ethernet"],
    [
      "Broadcom's bus",
      { componentId: "b06bdrv\\l2nd&pci_163914e4" },
      "B06BDRV\\L2ND&PCI_163914E4\\5&1",
      true,
      "ethernet",
    ],
    ["an adapter that was uninstalled", { deviceInstanceId: "PCI\\VEN_8086&DEV_100F\\1" }, undefined, true, "ethernet"],
    ["InfiniBand", { ifType: 199 }, "PCI\\VEN_15B3&DEV_1003\\1", true, "unknown"],
    [
      "kernel debug adapter",
      { componentId: "root\\kdnic", characteristics: 0x9 },
      "ROOT\\KDNIC\\0000",
      false,
      "kernel-debug",
    ],
    [
      "Bluetooth PAN",
      { componentId: "bth\\ms_bthpan", characteristics: 1 },
      "BTH\\MS_BTHPAN\\7&20f38eb4&0&2",
      false,
      "bluetooth",
    ],
    [
      "WAN miniport of 10",
      { componentId: "ms_ndiswanip", characteristics: 0x29 },
      "SWD\\MSRRAS\\MS_NDISWANIP",
      false,
      "wan-miniport",
    ],
    [
      "WAN miniport, tunnel type",
      { componentId: "ms_sstpminiport", characteristics: 0x29, ifType: 131 },
      "ROOT\\MS_SSTPMINIPORT\\0000",
      false,
      "wan-miniport",
    ],
    [
      "RAS Async",
      { componentId: "sw\\{eeab7790-c514-11d1-b42b-00805fc1270e}", characteristics: 0x2a, ifType: 23 },
      "SW\\{eeab7790}\\asyncmac",
      false,
      "wan-miniport",
    ],
    [
      "ISATAP",
      { componentId: "*isatap", characteristics: 9, ifType: 131 },
      "SWD\\IP_TUNNEL_VBUS\\ISATAP_0",
      false,
      "tunnel",
    ],
    [
      "Wi-Fi Direct",
      { componentId: "{5d624f94-8850-40c3-a3fa-a4fd2080baf3}\\vwifimp_wfd", characteristics: 9, ifType: 71 },
      "{5d624f94-8850-40c3-a3fa-a4fd2080baf3}\\VWIFIMP_WFD\\1",
      false,
      "wifi",
    ],
    [
      "packet scheduler of XP",
      { componentId: "ms_pschedmp", characteristics: 0x29, ifType: undefined },
      "Root\\MS_PSCHEDMP\\0001",
      false,
      "virtual",
    ],
    ["loopback", { componentId: "*msloop", characteristics: 1 }, "ROOT\\NET\\0000", false, "virtual"],
    [
      "a team",
      { componentId: "compositebus\\ms_implat_mp", characteristics: 1 },
      "COMPOSITEBUS\\MS_IMPLAT_MP\\{1}",
      false,
      "team",
    ],
    ["a virtual switch", { componentId: "vms_mp", characteristics: 1 }, "ROOT\\VMS_MP\\0000", false, "virtual-switch"],
    ["a virtual adapter that claims to be hardware", { componentId: "tap0901" }, "ROOT\\NET\\0001", false, "virtual"],
    ["hidden hardware", { characteristics: 0xc }, "PCI\\VEN_1\\1", false, "virtual"],
  ])("%s", (_, values, instanceId, physical, kind) => {
    const key = classKey(values);
    expect(whyNotPhysical(key, instanceId) === undefined).toBe(physical);
    expect(kindOf(key, evidence({ physical }))).toBe(kind);
  });

  test("XP tells Wi-Fi by the PCI class only", () => {
    const kindBy = (...compatibleIds: readonly string[]) =>
      kindOf(classKey({ ifType: undefined }), evidence({ compatibleIds }));
    expect(kindBy("PCI\\VEN_8086", "PCI\\CC_028000", "PCI\\CC_0280")).toBe("wifi");
    expect(kindBy("PCI\\CC_020000")).toBe("ethernet");
  });

  test.each<[string, Partial<ClassKey>, string | undefined, string | undefined]>([
    ["the bus has a veto", {}, "ROOT\\NET\\0000", "made-by-software"],
    ["also in what remains of an uninstalled one", { deviceInstanceId: "SWD\\X\\1" }, undefined, "made-by-software"],
    ["not claimed", { characteristics: 0x80 }, "PCI\\X\\1", "driver-does-not-say-so"],
    ["hidden", { characteristics: 0x8c }, "PCI\\X\\1", "hidden"],
    ["none of these", {}, "PCI\\X\\1", undefined],
  ])("why it is no hardware: %s", (_, values, instanceId, why) => {
    expect(whyNotPhysical(classKey(values), instanceId)).toBe(why);
  });

  // Inferred: in no hive that was read. The numbers are those of usb.ids, pci.ids and inventories of servers.
  test.each<[string, Partial<KindEvidence>, Partial<ClassKey>, string]>([
    [
      "iDRAC",
      { hardwareIds: ["USB\\VID_413C&PID_A102&REV_0001"] },
      { componentId: "usb\\class_e0" },
      "management-controller",
    ],
    ["AMI, lower case", { hardwareIds: ["usb\\vid_046b&pid_ffb0"] }, {}, "management-controller"],
    ["Insyde, part of a device", { hardwareIds: ["USB\\VID_0B1F&PID_03EE&MI_00"] }, {}, "management-controller"],
    ["IMM without a type", { hardwareIds: ["USB\\VID_04B3&PID_4010"] }, { ifType: undefined }, "management-controller"],
    [
      "by name",
      { hardwareIds: ["USB\\VID_03F0&PID_1"], description: "HPE iLO 5 Virtual NIC" },
      {},
      "management-controller",
    ],
    ["a name alone", { hardwareIds: ["PCI\\VEN_8086&DEV_10D3"], description: "BMC" }, {}, "ethernet"],
    ["another of Dell's", { hardwareIds: ["USB\\VID_413C&PID_A103"] }, {}, "ethernet"],
    ["a longer word", { hardwareIds: ["USB\\VID_0BDA&PID_8153"], description: "IMMERSION iLOad" }, {}, "ethernet"],
    ["Intel's 82599 as a function", { hardwareIds: ["PCI\\VEN_8086&DEV_10ED&REV_01"] }, {}, "sr-iov-function"],
    ["Mellanox' without a type", { hardwareIds: ["pci\\ven_15b3&dev_1016"] }, { ifType: undefined }, "sr-iov-function"],
    ["the same number of another maker", { hardwareIds: ["PCI\\VEN_10EC&DEV_10ED"] }, {}, "ethernet"],
    ["on another bus", { hardwareIds: ["USB\\VEN_8086&DEV_10ED"] }, {}, "ethernet"],
    ["software", { physical: false, hardwareIds: ["USB\\VID_413C&PID_A102"] }, {}, "virtual"],
  ])("known by its numbers: %s", (_, seen, values, kind) => {
    expect(kindOf(classKey(values), evidence(seen))).toBe(kind);
  });

  test.each([
    ["compositebus\\ms_implat_mp", "team"],
    ["root\\brcm_blfm", "team"],
    ["iansminiport", "team"],
    ["root\\cq_cpqteammp", "team"],
    ["cpqteammp", "team"],
    ["root\\vms_mp", "virtual-switch"],
    ["vms_vsmp", "virtual-switch"],
    ["root\\vms_mpx", "virtual"],
  ])("by its component: %s is a %s", (componentId, kind) => {
    expect(kindOf(classKey({ componentId }), evidence({ physical: false }))).toBe(kind);
  });
});

describe("location", () => {
  const device = "PCI\\VEN_8086&DEV_100F\\4&b70f118&0&0888";
  test.each<[string, string | undefined]>([
    ["@system32\\drivers\\pci.sys,#65536;PCI bus %1, device %2, function %3;(2,3,0)", "2,3,0"],
    ["@System32\\drivers\\pci.sys,#65536;PCI bus %1, device %2, function %3;(11,0,1)", "11,0,1"],
    ["PCI bus 1, device 12, function 0", "1,12,0"],
    ["PCI-Bus 1, Gerät 12, Funktion 0", "1,12,0"],
    ["PCI bus 1, device 32, function 0", undefined],
    ["PCI bus 1, device 1, function 8", undefined],
    ["PCI Slot 3 (PCI bus 1, device 12, function 0)", "1,12,0"],
    ["PCI bus 99999999999999999999, device 1, function 0", undefined],
    ["on Intel(R) 82801 PCI Bridge", undefined],
    ["", undefined],
  ])("%j", (text, expected) => {
    const location = parseLocation(text, device);
    expect(location === undefined ? undefined : `${location.bus},${location.device},${location.function}`).toBe(
      expected,
    );
  });

  test("only of PCI devices: a USB port is no place on a bus", () => {
    expect(parseLocation("Port_#0001.Hub_#0002 (1,2,3)", "USB\\VID_0BDA&PID_8153\\1")).toBeUndefined();
  });
});

describe("bound to TCP/IP", () => {
  const kernel = (...protocols: readonly string[]) =>
    fakeRoot({ [`Control\\NetworkSetup2\\Interfaces\\${OWN}\\Kernel`]: { ProtocolList: multiSz(...protocols) } });
  const bound = (key: ClassKey, others: readonly ClassKey[] = [], controlSet = fakeRoot({})): boolean =>
    isBoundToTcpip(controlSet, key, [key, ...others]);

  test("when the protocol is directly above, in any case; IPv6 alone is not it", () => {
    expect(bound(classKey({ upperBind: ["Ndisuio", "tcpip"] }))).toBe(true);
    expect(bound(classKey({ upperBind: ["Ndisuio", "Tcpip6"] }))).toBe(false);
  });

  test("not a member of a team: only the team's protocol is above it", () => {
    expect(
      bound(classKey({ upperBind: ["ms_implat"] }), [classKey({ digits: "0002", guid: OTHER, rootDevices: [OTHER] })]),
    ).toBe(false);
  });

  test("through the packet scheduler of XP, which stands on it", () => {
    const lower = classKey({ upperBind: ["PSched"] });
    const upper = classKey({
      digits: "0009",
      guid: OTHER,
      rootDevices: [OTHER, OWN.toLowerCase()],
      upperBind: ["Tcpip"],
    });
    expect(bound(lower, [upper])).toBe(true);
    expect(bound(lower, [{ ...upper, upperBind: ["Ndisuio"] }])).toBe(false);
    expect(bound(lower, [{ ...upper, rootDevices: [OTHER] }])).toBe(false);
  });

  test("what the kernel of 10 was told must agree", () => {
    expect(bound(classKey({}), [], kernel("RDMANDK", "Tcpip"))).toBe(true);
    expect(bound(classKey({}), [], kernel("vms_pp"))).toBe(false);
    expect(bound(classKey({ upperBind: ["vms_pp"] }), [], kernel("Tcpip"))).toBe(false);
  });
});

test.each<[number | undefined, number | undefined, string | undefined]>([
  [6, 7, "0000000700000600"],
  [6, 0x8001, "0000000180000600"],
  [131, 0, "0000000000008300"],
  [0xffff, 0xffffff, "000000ffffffffff"],
  [undefined, 7, undefined],
  [6, undefined, undefined],
  [0x10000, 7, undefined],
  [6, 0x1000000, undefined],
])("LUID of type %s and index %s is %s", (type, index, expected) => {
  expect(netLuid(type, index)).toBe(expected);
  if (expected !== undefined) expect(typeInLuid(expected)).toBe(type);
});
