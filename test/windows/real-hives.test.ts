/** What the real hives are known to hold. */
import { expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { describeWithRealHives } from "../support/real-hives.ts";
import { byGuid, isoTime, physical, readReal } from "./open-real.ts";

const PRODUCTION = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}";
const GHOST = "{6AAFC9A9-0542-4DB2-8760-CCFFA953737C}";

describeWithRealHives("7 SP1 on ESX: two static adapters, one of them gone", () => {
  test("which Windows it is", () => {
    const { version, computerName, controlSets, setup } = readReal("win7-sp1-x86-esx");
    expect(version).toMatchObject({ family: "7", version: "7", build: 7601, productType: "WinNT" });
    expect(version.inferred).toBeUndefined();
    expect(computerName).toBe("WKS-WIN732BITA");
    expect(controlSets).toEqual({
      current: 1,
      default: 1,
      failed: 0,
      lastKnownGood: 2,
      existing: [1, 2],
      written: [1, 2],
    });
    expect(setup).toMatchObject({ setupType: 0, systemSetupInProgress: 0, oobeInProgress: 0, commandLine: "" });
  });

  test("two physical adapters, in binding order and not in that of their class keys", () => {
    const windows = readReal("win7-sp1-x86-esx");
    expect(physical(windows).map(({ number, guid, adapter }) => [number, guid, adapter?.classKey])).toEqual([
      [1, PRODUCTION, "0012"],
      [2, GHOST, "0007"],
    ]);
    expect(windows.connections).toHaveLength(13);
  });

  test("the production adapter", () => {
    const connection = byGuid(readReal("win7-sp1-x86-esx"), PRODUCTION);
    expect(connection).toMatchObject({
      name: "Local Area Connection 2",
      mac: { permanent: "00-50-56-A5-12-69", current: "00-50-56-A5-12-69", source: "NSI" },
      luid: "0000000700000600",
      hasInterfaceKey: true,
      adapter: {
        description: "Intel(R) PRO/1000 MT Network Connection #2",
        kind: "ethernet",
        instanceId: "PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01\\4&b70f118&0&1888",
        location: { bus: 2, device: 3, function: 0 },
        service: "E1G60",
        uniqueId: false,
        disabled: false,
        boundToTcpip: true,
      },
    });
    expect(connection.settings.ipv4).toEqual({
      mode: "static",
      addresses: [{ address: "10.3.58.5", prefixLength: 24 }],
      gateways: [{ address: "10.3.58.1", metric: 0 }],
      dnsServers: ["10.3.58.4"],
    });
    expect(connection.settings.netbios).toEqual({ option: 0, winsServers: [] });
    expect(connection.settings.raw.map(({ name }) => name)).toEqual([
      "EnableDeadGWDetect",
      "RegisterAdapterName",
      "RegistrationEnabled",
      "UseZeroBroadcast",
    ]);
    expect(connection.settings.unreadable).toEqual([]);
  });

  test("the ghost", () => {
    const connection = byGuid(readReal("win7-sp1-x86-esx"), GHOST);
    expect(connection).toMatchObject({
      name: "Local Area Connection",
      mac: { permanent: "00-0C-29-77-D9-81", source: "NSI" },
      luid: "0000000600000600",
      adapter: { location: { bus: 2, device: 1, function: 0 }, boundToTcpip: true },
    });
    expect(connection.settings.ipv4).toEqual({
      mode: "static",
      addresses: [{ address: "192.168.1.123", prefixLength: 24 }],
      gateways: [{ address: "192.168.1.1", metric: 0 }],
      dnsServers: ["192.168.1.112"],
    });
  });

  test("the evidence: one started at the last boot, the other ten months before; Enum's own times, touched since, tell nothing", () => {
    const windows = readReal("win7-sp1-x86-esx");
    const present = byGuid(windows, PRODUCTION).evidence;
    const gone = byGuid(windows, GHOST).evidence;
    expect(isoTime(present.lastBoot?.time)).toBe("2012-04-04T11:47:30Z");
    expect(present.lastBoot?.from).toBe("the start of Root\\SYSTEM\\0000");
    expect(isoTime(present.lastStart)).toBe("2012-04-04T11:47:36Z");
    expect(gone.lastBoot).toEqual(present.lastBoot);
    expect(isoTime(gone.lastStart)).toBe("2011-06-13T19:41:12Z");
    expect([isoTime(present.enumKeyTime), isoTime(gone.enumKeyTime)]).toEqual([
      "2012-04-07T10:31:37Z",
      "2012-04-07T10:31:37Z",
    ]);
    expect([present.lastArrival, present.lastRemoval]).toEqual([undefined, undefined]);
  });
});

describeWithRealHives("10 21H2 on VMware: one adapter with DHCP, and a clock that jumped back", () => {
  test("the adapter", () => {
    const windows = readReal("win10-21h2-vmware");
    expect(windows.version).toMatchObject({ family: "10", version: "10", build: 19041, productType: "WinNT" });
    expect(windows.version.inferred).toBeUndefined();
    expect(windows.controlSets.written).toEqual([1]);
    const [connection, ...others] = physical(windows);
    expect(others).toEqual([]);
    expect(connection).toMatchObject({
      number: 2,
      guid: "{C43669B3-AB3E-4D0E-8FDE-69579925A20F}",
      name: "Ethernet0",
      mac: { permanent: "00-0C-29-66-1A-A2", current: "00-0C-29-66-1A-A2", source: "NetworkSetup2" },
      luid: "0000000180000600",
      hasInterfaceKey: true,
      adapter: {
        uniqueId: true,
        location: { bus: 3, device: 0, function: 0 },
        locationPaths: ["PCIROOT(0)#PCI(1500)#PCI(0000)", "ACPI(_SB_)#ACPI(PCI0)#ACPI(PE40)#ACPI(S1F0)"],
        boundToTcpip: true,
      },
      settings: { ipv4: { mode: "dhcp", addresses: [], gateways: [], dnsServers: [] }, raw: [], unreadable: [] },
    });
  });

  test("the evidence is of the last boot, though an earlier one is stamped later", () => {
    const windows = readReal("win10-21h2-vmware");
    const { evidence } = byGuid(windows, "{C43669B3-AB3E-4D0E-8FDE-69579925A20F}");
    expect(evidence.lastBoot?.from).toBe("the last arrival of ACPI_HAL\\PNP0C08\\0");
    expect(isoTime(evidence.lastBoot?.time)).toBe("2022-06-22T16:28:59Z");
    expect(isoTime(evidence.lastArrival)).toBe("2022-06-22T16:29:01Z");
    expect([evidence.lastRemoval, evidence.lastStart, evidence.enumKeyTime]).toEqual([undefined, undefined, undefined]);
  });

  test("the others are what they are", () => {
    const kinds = readReal("win10-21h2-vmware").connections.map(({ adapter }) => adapter?.kind);
    expect(kinds).toEqual(["kernel-debug", "ethernet", "bluetooth"]);
  });
});

describeWithRealHives("10 1903 on VMware, dirty, as it stands", () => {
  test("one physical adapter among Bluetooth, kernel debugger and WAN miniports", () => {
    const windows = readReal("win10-1903-vmware-dirty");
    expect(windows.version).toMatchObject({ family: "10", build: 18362 });
    expect(physical(windows)).toMatchObject([
      {
        number: 3,
        mac: { permanent: "00-0C-29-F3-FF-DE", source: "NetworkSetup2" },
        settings: { ipv4: { mode: "dhcp" } },
      },
    ]);
    expect(windows.connections.map(({ adapter }) => adapter?.kind)).toEqual([
      "bluetooth",
      "kernel-debug",
      "ethernet",
      ...Array.from({ length: 8 }, () => "wan-miniport"),
    ]);
  });

  test("the adapter arrived at the last boot", () => {
    const [connection] = physical(readReal("win10-1903-vmware-dirty"));
    expect(isoTime(connection?.evidence.lastBoot?.time)).toBe("2020-04-19T09:08:52Z");
    expect(isoTime(connection?.evidence.lastArrival)).toBe("2020-04-19T09:08:55Z");
  });
});

describeWithRealHives("8.1 on VirtualBox, dirty, as it stands", () => {
  test("one physical adapter, LUID index 0, its address in NSI", () => {
    const windows = readReal("win81-x64-virtualbox-dirty");
    expect(windows.version).toMatchObject({ family: "8.1", version: "8.1", build: 9600, productType: "WinNT" });
    expect(windows.version.inferred).toBeUndefined();
    expect(physical(windows)).toMatchObject([
      {
        number: 1,
        guid: "{B0E24C4B-50F2-4B60-BCB3-EF2C3FF3394E}",
        luid: "0000000000000600",
        mac: { permanent: "08-00-27-49-97-16", source: "NSI" },
        adapter: { location: { bus: 0, device: 3, function: 0 } },
      },
    ]);
    expect(windows.connections.map(({ adapter }) => adapter?.kind)).toEqual(["ethernet", "kernel-debug", "tunnel"]);
    const { evidence } = physical(windows)[0]!;
    expect([isoTime(evidence.lastBoot?.time), isoTime(evidence.lastArrival)]).toEqual([
      "2015-12-12T03:26:32Z",
      "2015-12-12T03:26:32Z",
    ]);
  });
});

describeWithRealHives("XP SP3 on a Dell", () => {
  test("one physical adapter with DHCP, no address of it anywhere, bound through the packet scheduler", () => {
    const windows = readReal("xp-sp3-dell");
    expect(windows.version).toMatchObject({ family: "xp", version: "XP", productType: "WinNT" });
    expect(windows.version.inferred).toBeUndefined();
    expect(windows.controlSets.written).toEqual([1, 2]);
    const [connection, ...others] = physical(windows);
    expect(others).toEqual([]);
    expect(connection).toMatchObject({
      number: 1,
      guid: "{58094C24-B1BD-4961-8C68-7C13F7A6213C}",
      name: "Local Area Connection",
      mac: {},
      adapter: {
        classKey: "0008",
        kind: "ethernet",
        location: { bus: 1, device: 12, function: 0 },
        locationText: "PCI bus 1, device 12, function 0",
        boundToTcpip: true,
      },
    });
    expect(connection?.mac.permanent ?? connection?.mac.current ?? connection?.luid).toBeUndefined();
    expect(connection?.settings.ipv4).toEqual({ mode: "dhcp", addresses: [], gateways: [], dnsServers: [] });
    expect(isoTime(connection?.evidence.lastBoot?.time)).toBe("2009-12-08T01:44:17Z");
    expect(isoTime(connection?.evidence.lastStart)).toBe("2009-12-08T01:44:17Z");
  });

  test("RAS's interfaces are no connections", () => {
    const windows = readReal("xp-sp3-dell");
    expect(windows.connections.filter(({ adapter }) => adapter === undefined)).toEqual([]);
    expect(windows.connections).toHaveLength(9);
  });
});

describeWithRealHives("hives that are refused", () => {
  test.each([
    ["nt4-dc", "no-connections-key", /Windows NT 4 or older/, /Windows XP and later are supported/],
    ["container-delta", "container-layer", /layer of a Windows container/, /network from its host/],
  ])("%s", (name, code, message, advice) => {
    const failure = failureOf(() => readReal(name));
    expect(failure).toMatchObject({ exit: "unsupportedWindows", exitCode: 22, code });
    expect(failure.message).toMatch(message);
    expect(failure.advice).toMatch(advice);
  });
});

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("it did not fail");
}
