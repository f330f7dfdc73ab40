/** Which Windows a hive's structure stands for. */
import { describe, expect, test } from "vitest";
import { readWindows } from "../../src/windows/read-windows.ts";
import { readSoftwareFacts } from "../../src/windows/software-facts.ts";
import type { SoftwareReading, WindowsVersion } from "../../src/windows/model/windows.ts";
import { dword, type FakeValues, fakeRoot, qword, sz } from "../support/fake-key.ts";

const NONE = "";

type Keys = Readonly<Record<string, FakeValues>>;

function version(keys: Keys, productType: string | undefined = "WinNT", software?: SoftwareReading): WindowsVersion {
  const base = {
    Select: { Current: dword(1) },
    "ControlSet001\\Control\\Network": {},
    "ControlSet001\\Control\\ProductOptions": productType === NONE ? {} : { ProductType: sz(productType) },
  };
  return readWindows(fakeRoot({ ...base, ...keys }), software).version;
}

const nsi = { "ControlSet001\\Control\\Nsi": {} };
const container = {
  "ControlSet001\\Enum\\HTREE\\ROOT\\0": { ContainerID: sz("{00000000-0000-0000-FFFF-FFFFFFFFFFFF}") },
};
const servicePack = (number: number): Keys => ({
  "ControlSet001\\Control\\Windows": { CSDVersion: dword(number << 8) },
});
const drivers = (number: number): Keys => ({ DriverDatabase: { Version: dword(number) }, ...nsi });
const ten = (build: number): Keys => ({
  "ControlSet001\\Control\\NetworkSetup2\\Interfaces": {},
  "Setup\\BuildUpdate": { SourceOSVersion: qword((0x000a_0000n << 32n) | (BigInt(build) << 16n) | 1288n) },
  ...drivers(0x0a00_0000),
});

describe("family, name and build", () => {
  test.each<[string, Keys, string, number | undefined, string, string]>([
    ["XP and 2003", {}, "xp", undefined, "XP", "Server 2003"],
    ["Vista SP2", { ...nsi, ...servicePack(2) }, "vista", 6002, "Vista", "Server 2008"],
    ["7", { ...nsi, ...container }, "7", 7600, "7", "Server 2008 R2"],
    ["7 SP1", { ...nsi, ...container, ...servicePack(1) }, "7", 7601, "7", "Server 2008 R2"],
    ["8", { ...drivers(0x0602_0000), ...container }, "8", 9200, "8", "Server 2012"],
    ["8.1", { ...drivers(0x0603_0000), ...container }, "8.1", 9600, "8.1", "Server 2012 R2"],
    ["10 1607", ten(14393), "10", 14393, "10", "Server 2016"],
    ["10 1809", ten(17763), "10", 17763, "10", "Server 2019"],
    ["10 22H2", ten(19041), "10", 19041, "10", "Server 2019"],
    ["Server 2022", ten(20348), "10", 20348, "10", "Server 2022"],
    ["11", ten(22631), "10", 22631, "11", "Server 2022"],
    ["11 24H2", ten(26100), "10", 26100, "11", "Server 2025"],
    ["10 without the value", drivers(0x0a00_0000), "10", undefined, "10", "Server 2016 or later"],
    [
      "10 without drivers",
      { "ControlSet001\\Control\\NetworkSetup2": {} },
      "10",
      undefined,
      "10",
      "Server 2016 or later",
    ],
  ])("%s", (_, keys, family, build, client, server) => {
    expect(version(keys)).toMatchObject({ family, build, version: client, productType: "WinNT", from: "SYSTEM" });
    expect(version(keys, "ServerNT").version).toBe(server);
    expect(version(keys, "LanmanNT").version).toBe(server);
  });
});

const found = (values: FakeValues, state?: string): SoftwareReading => {
  const facts = readSoftwareFacts(
    fakeRoot({
      "Microsoft\\Windows NT\\CurrentVersion": values,
      "Microsoft\\Windows\\CurrentVersion\\Setup\\State": state === undefined ? {} : { ImageState: sz(state) },
    }),
  );
  return facts === undefined ? expect.fail() : { read: true, found: facts };
};
const ofBuild = (build: string, more: FakeValues = {}): SoftwareReading =>
  found({ CurrentBuildNumber: sz(build), ...more });

describe("SOFTWARE names the version exactly", () => {
  const seven = { ...nsi, ...container };
  const eight = { ...drivers(0x0602_0000), ...container };

  test.each<[string, Keys, string, string, boolean, boolean]>([
    ["2195", {}, "2000", "2000 Server", true, true],
    ["2600", {}, "XP", "XP/2003", false, true],
    ["3790", {}, "XP x64", "Server 2003", true, true],
    ["6002", nsi, "Vista", "Server 2008", true, true],
    ["7601", seven, "7", "Server 2008 R2", false, true],
    ["9200", eight, "8", "Server 2012", true, true],
    ["9600", drivers(0x0603_0000), "8.1", "Server 2012 R2", false, true],
    ["14393", ten(14393), "10", "Server 2016", false, true],
    ["17763", ten(17763), "10", "Server 2019", false, true],
    ["20348", ten(20348), "10", "Server 2022", false, true],
    ["22631", ten(22621), "11", "Server, version of build 22631", true, true],
    ["26100", ten(26100), "11", "Server 2025", true, true],
  ])("build %s", (build, keys, client, server, clientInferred, serverInferred) => {
    for (const [type, name, isInferred] of [
      ["WinNT", client, clientInferred],
      ["ServerNT", server, serverInferred],
    ] as const) {
      const read = version(keys, type, ofBuild(build));
      expect(read).toMatchObject({ version: name, build: Number(build), from: "SOFTWARE" });
      expect(read.notBySoftware).toBeUndefined();
      expect(read.inferred?.includes(`no hive of Windows ${name} has been seen`) ?? false).toBe(isInferred);
    }
  });

  test("with everything it says", () => {
    const software = ofBuild("18363", {
      UBR: dword(1556),
      ProductName: sz("Windows Server Datacenter"),
      EditionID: sz("ServerDatacenterACor"),
      InstallationType: sz("Server Core"),
      ReleaseId: sz("1909"),
    });
    expect(version(ten(18362), "ServerNT", software)).toEqual({
      family: "10",
      version: "Server, version 1909",
      build: 18363,
      updateRevision: 1556,
      productName: "Windows Server Datacenter",
      edition: "ServerDatacenterACor",
      release: "1909",
      productType: "ServerNT",
      from: "SOFTWARE",
      inferred: expect.any(String),
    });
  });

  test("11 is known by its build, whatever ProductName says; DisplayVersion is newer than ReleaseId", () => {
    const words = { ProductName: sz("Windows 10 Pro"), ReleaseId: sz("2009"), DisplayVersion: sz("23H2") };
    expect(version(ten(22621), "WinNT", ofBuild("22631", words))).toMatchObject({ version: "11", release: "23H2" });
  });

  test("InstallationType stands in for a product type that SYSTEM lacks", () => {
    expect(version(ten(17763), NONE, ofBuild("17763", { InstallationType: sz("Server Core") })).version).toBe(
      "Server 2019",
    );
    expect(version(ten(17763), NONE, ofBuild("17763", { InstallationType: sz("Client") })).version).toBe("10");
  });

  test("Vista and 7, 8 and 8.1 are told apart by it", () => {
    expect(version(nsi, "WinNT", ofBuild("7600")).family).toBe("7");
    expect(version(drivers(0x0603_0000), "WinNT", ofBuild("9200")).family).toBe("8");
  });

  test.each<[string, SoftwareReading, string]>([
    ["not read", { read: false, reason: "it is damaged" }, "it is damaged"],
    [
      "of another Windows",
      ofBuild("7601"),
      "is of build 7601 (Vista and 7), but SYSTEM is made as that of 10 and later",
    ],
    ["without a build", found({}), "CurrentBuildNumber is missing"],
    ["with a strange one", ofBuild("10.0"), 'CurrentBuildNumber is "10.0"'],
    ["of Windows NT 4", ofBuild("1381"), 'CurrentBuildNumber is "1381"'],
  ])("one that is %s: by SYSTEM alone, and why", (_, software, reason) => {
    const read = version(ten(17763), "ServerNT", software);
    expect(read).toMatchObject({ version: "Server 2019", from: "SYSTEM", build: 17763 });
    expect(read.notBySoftware).toContain(reason);
  });

  test("a hive that is none", () => {
    expect(readSoftwareFacts(fakeRoot({ Select: {} }))).toBeUndefined();
  });
});

describe("the state that Setup left the image in", () => {
  const state = (keys: Keys, software?: SoftwareReading) =>
    readWindows(fakeRoot({ Select: { Current: dword(1) }, "ControlSet001\\Control\\Network": {}, ...keys }), software)
      .setup.image;

  test("is SOFTWARE's; XP has none", () => {
    const generalized = found({ CurrentBuildNumber: sz("17763") }, "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE");
    expect(state(ten(17763), generalized)).toEqual({ known: true, state: "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE" });
    expect(state({}, found({}))).toEqual({ known: true });
  });

  test("is not known without it", () => {
    expect(state(ten(17763))).toEqual({ known: false, reason: expect.any(String) });
    expect(state(ten(17763), ofBuild("17763"))).toEqual({
      known: false,
      reason: expect.stringContaining("ImageState"),
    });
  });
});

test.each([
  ["is there and starts", { Start: dword(2) }, true],
  ["is there, and how it starts is not", {}, true],
  ["is disabled", { Start: dword(4) }, false],
  ["is not there", undefined, false],
])("a cluster node: the service %s", (_, service, isNode) => {
  const keys = service === undefined ? {} : { "ControlSet001\\Services\\ClusSvc": service };
  const root = fakeRoot({ Select: { Current: dword(1) }, "ControlSet001\\Control\\Network": {}, ...keys });
  expect(readWindows(root).isClusterNode).toBe(isNode);
});

test("Setup and computer name as they stand; missing values of Setup are 0", () => {
  const keys = {
    Select: { Current: dword(1) },
    "ControlSet001\\Control\\Network": {},
    "ControlSet001\\Control\\ComputerName\\ComputerName": { ComputerName: sz("SRV01") },
    Setup: { SetupType: dword(2), SystemSetupInProgress: dword(1), CmdLine: sz("oobe\\windeploy.exe") },
  };
  const windows = readWindows(fakeRoot(keys));
  expect(windows.computerName).toBe("SRV01");
  expect(windows.setup).toEqual({
    setupType: 2,
    systemSetupInProgress: 1,
    oobeInProgress: 0,
    commandLine: "oobe\\windeploy.exe",
    image: { known: true },
  });
});

test("a value of Setup that is there and is no DWORD is not taken for 0", () => {
  const keys = {
    Select: { Current: dword(1) },
    "ControlSet001\\Control\\Network": {},
    Setup: { SetupType: sz("2"), OOBEInProgress: { type: 4, data: new Uint8Array(2) } },
  };
  expect(readWindows(fakeRoot(keys)).setup).toMatchObject({
    setupType: "unreadable",
    systemSetupInProgress: 0,
    oobeInProgress: "unreadable",
  });
});
