/** What real SYSTEM hives say of drivers: the adapters in use have one, and the index of packages lists what hivex sees there, too. */
import { expect, test } from "vitest";
import { listedPackages } from "../../src/drivers/driver-database.ts";
import { judgeDrivers } from "../../src/drivers/judge.ts";
import { readInstalledDevices } from "../../src/drivers/installed.ts";
import type { DriverFiles } from "../../src/drivers/model.ts";
import { openHive } from "../../src/regf/index.ts";
import { openFile } from "../../src/storage/file.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { hivexDump } from "../support/hivex-export.ts";
import { describeWithRealHives, realHive } from "../support/real-hives.ts";
import { describeWithTools } from "../support/tools.ts";

/** A hive alone: nobody can look at a file. */
const NO_FILES: DriverFiles = {
  windowsFolder: "Windows",
  has: () => undefined,
  infFiles: () => ({ read: false, reason: "only a hive" }),
  lookInto: () => ({ read: false, reason: "only a hive" }),
};

function rootOf(name: string) {
  const primary = openFile(realHive(`system/${name}`), "read");
  return openHive({ primary, logs: [] }, { acceptDirty: true }).root;
}

const WIN10 = "win10-21h2-vmware.hiv";

describeWithRealHives("real hives", () => {
  test.each<[hive: string, id: string, inf: string, service: string]>([
    [WIN10, "PCI\\VEN_8086&DEV_10D3", "net1ic64.inf", "e1i65x64"],
    ["win10-1903-vmware-dirty.hiv", "PCI\\VEN_8086&DEV_10D3", "net1ic64.inf", "e1i65x64"],
    ["win81-x64-virtualbox-dirty.hiv", "PCI\\VEN_8086&DEV_100E&SUBSYS_001E8086", "nete1g3e.inf", "E1G60"],
    ["win7-sp1-x86-esx.hiv", "PCI\\VEN_8086&DEV_100F", "nete1g32.inf", "E1G60"],
    ["xp-sp3-dell.hiv", "PCI\\VEN_8086&DEV_100E", "oem0.inf", "E1000"],
  ])("%s: another %s has the driver that is installed", (hive, id, inf, service) => {
    const root = rootOf(hive);
    const adapter = { mac: {}, hardwareIds: [id] };
    const other = { mac: {}, hardwareIds: ["PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01"] };
    const request = { windows: readWindows(root), root, adapters: [{ adapter }, { adapter: other }], files: NO_FILES };
    const [found, notFound] = judgeDrivers(request).map(({ finding }) => finding);
    expect(found).toMatchObject({ verdict: "there", evidence: "installed", inf, service });
    expect(found?.reason).toContain("not looked for");
    expect(notFound).toMatchObject({ verdict: "unknown" });
    expect(notFound?.reason).toContain("only a hive");
  });

  test.each<[hive: string, id: string, found: string | undefined]>([
    [WIN10, "PCI\\VEN_14E4&DEV_1639", "netbvbda.inf b06bdrv bus"],
    [WIN10, "PCI\\VEN_15B3&DEV_1003", "mlx4_bus.inf mlx4_bus bus"],
    [WIN10, "PCI\\VEN_8086&DEV_10D3", undefined],
    [WIN10, "PCI\\VEN_8086&DEV_7190", undefined], // a chip that needs none
    ["win10-1903-vmware-dirty.hiv", "PCI\\VEN_15B3&DEV_1003", "mlx4_bus.inf mlx4_bus bus"],
    ["win81-x64-virtualbox-dirty.hiv", "PCI\\VEN_14E4&DEV_1639", "netbvbda.inf b06bdrv bus"],
    ["win7-sp1-x86-esx.hiv", "PCI\\VEN_14E4&DEV_1639", undefined], // has no such index
  ])("%s: the index has for %s: %s", (hive, id, found) => {
    const [listed] = listedPackages(rootOf(hive), [id], "amd64");
    expect(listed && `${listed.inf} ${listed.service} ${listed.of}`).toBe(found);
    if (found !== undefined) expect(listedPackages(rootOf(hive), [id], "arm64")).toEqual([]);
  });

  test("no package of the index in SYSTEM is an adapter's, only buses are", () => {
    const root = rootOf(WIN10);
    const ids = [...(root.open("DriverDatabase\\DeviceIds\\PCI")?.subkeys() ?? [])].map(
      ({ name }) => `PCI\\${name.toUpperCase()}`,
    );
    const listed = ids.flatMap((id) => listedPackages(root, [id], "amd64"));
    expect(ids.length).toBeGreaterThan(2500);
    expect(listed.length).toBeGreaterThan(300);
    expect(listed.filter(({ of }) => of === "net")).toEqual([]);
  });

  test("the devices that are installed name services that the hive has", () => {
    const controlSet = rootOf(WIN10).open("ControlSet001") ?? expect.fail();
    const devices = readInstalledDevices(controlSet);
    expect(devices.length).toBeGreaterThan(10);
    for (const { service } of devices) expect(controlSet.open(`Services\\${service}`)).toBeDefined();
  });

  describeWithTools("hivex", ["hivexregedit"], () => {
    test("sees the same packages for every device of the index", () => {
      const { values } = hivexDump(realHive(`system/${WIN10}`), "\\DriverDatabase\\DeviceIds\\PCI");
      const seen = values.flatMap((value) => {
        const [path = "", inf = ""] = value.split("|");
        return /^(.*\\)?(PCI\\)?ven_[^\\]*$/i.test(path) ? [`${path.split("\\").at(-1)?.toUpperCase()} ${inf}`] : [];
      });
      const root = rootOf(WIN10);
      const key = root.open("DriverDatabase\\DeviceIds\\PCI") ?? expect.fail();
      const ours = [...key.subkeys()].flatMap((device) =>
        [...device.values()].map(({ name }) => `${device.name.toUpperCase()} ${name}`),
      );
      const ofVendors = ours.filter((line) => line.startsWith("VEN_"));
      expect(ofVendors.length).toBeGreaterThan(2500);
      expect(seen.sort()).toEqual(ofVendors.sort());
      const listed = seen.filter((line) => listedPackages(root, [`PCI\\${line.split(" ")[0]}`], "amd64").length > 0);
      expect(listed.length).toBeGreaterThan(300);
    });
  });
});
