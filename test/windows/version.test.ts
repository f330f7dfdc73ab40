/** Which Windows a hive's structure stands for. */
import { describe, expect, test } from "vitest";
import { readWindows } from "../../src/windows/read-windows.ts";
import type { WindowsVersion } from "../../src/windows/model/windows.ts";
import { dword, type FakeValues, fakeRoot, qword, sz } from "../support/fake-key.ts";

type Keys = Readonly<Record<string, FakeValues>>;

function version(keys: Keys, productType = "WinNT"): WindowsVersion {
  const base = {
    Select: { Current: dword(1) },
    "ControlSet001\\Control\\Network": {},
    "ControlSet001\\Control\\ProductOptions": { ProductType: sz(productType) },
  };
  return readWindows(fakeRoot({ ...base, ...keys })).version;
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
    ["XP and 2003", {}, "xp", undefined, "XP/2003", "XP/2003"],
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
    expect(version(keys)).toEqual({ family, build, version: client, productType: "WinNT" });
    expect(version(keys, "ServerNT").version).toBe(server);
    expect(version(keys, "LanmanNT").version).toBe(server);
  });
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
