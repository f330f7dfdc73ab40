/** The IDs that Windows would try for a device, and where the paths of its registry lead. */
import { expect, test } from "vitest";
import { deviceIds } from "../../src/drivers/device-ids.ts";
import { driverFile, pathInImage } from "../../src/drivers/image-path.ts";

test.each<[given: readonly string[], ids: readonly string[]]>([
  [
    ["pci\\ven_15ad&dev_07b0&subsys_07b015ad&rev_01"],
    [
      "PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01",
      "PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD",
      "PCI\\VEN_15AD&DEV_07B0&REV_01",
      "PCI\\VEN_15AD&DEV_07B0",
    ],
  ],
  [["PCI\\VEN_15AD&DEV_07B0"], ["PCI\\VEN_15AD&DEV_07B0"]],
  [
    ["USB\\VID_0BDA&PID_8153&REV_3000&MI_00"],
    ["USB\\VID_0BDA&PID_8153&REV_3000&MI_00", "USB\\VID_0BDA&PID_8153&MI_00"],
  ],
  [["VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}"], ["VMBUS\\{F8615163-DF3E-46C5-913F-F2D2F965ED0E}"]],
  [["", "x", "X"], ["X"]],
  [[], []],
])("%j", (given, ids) => {
  expect(deviceIds(given)).toEqual(ids);
});

test.each<[path: string | undefined, from: "windows" | "root", names: string]>([
  ["\\SystemRoot\\System32\\drivers\\e1i65x64.sys", "windows", "System32/drivers/e1i65x64.sys"],
  ["system32\\DRIVERS\\E1G60I32.sys", "windows", "system32/DRIVERS/E1G60I32.sys"],
  ["%SystemRoot%\\inf", "windows", "inf"],
  ["\\??\\C:\\Windows\\System32\\drivers\\x.sys", "windows", "System32/drivers/x.sys"],
  ["\\??\\C:\\Program Files\\Vendor\\x.sys", "root", "Program Files/Vendor/x.sys"],
  ["%SystemDrive%\\Drivers\\Net", "root", "Drivers/Net"],
  [undefined, "windows", "System32/drivers/svc.sys"],
  ["", "windows", "System32/drivers/svc.sys"],
])("%s", (path, from, names) => {
  expect(driverFile(path, "svc", "WINDOWS")).toEqual({ from, names: names.split("/") });
  if (path !== undefined && path !== "")
    expect(pathInImage(path, "Windows")).toEqual({ from, names: names.split("/") });
});
