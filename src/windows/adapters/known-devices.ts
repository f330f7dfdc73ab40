/** Adapters that are known by the numbers of their makers: management controllers on USB, and the virtual functions of SR-IOV. */

/**
 * The host's end of a management controller's USB network, `VID_vvvv&PID_pppp`: Dell iDRAC (usb.ids, and the udev rules of Dell's iSM), IBM and Lenovo IMM
 * and XCC (IBM's own Linux scripts, wicked's udev rules), American Megatrends' and Insyde's firmware for many makers (inventories of servers). In no hive
 * that was read: *inferred*.
 */
const MANAGEMENT_CONTROLLERS: ReadonlySet<string> = new Set([
  "VID_413C&PID_A102",
  "VID_04B3&PID_4010",
  "VID_04B3&PID_0325",
  "VID_046B&PID_FFB0",
  "VID_0B1F&PID_03EE",
]);

/** What other makers call theirs; only on USB, where a server's own adapters are not. */
const MANAGEMENT_CONTROLLER_NAME = /\b(?:iDRAC\d?|iLO ?\d?|BMC|IMM2?|XClarity|XCC)\b/i;

/** `VEN_vvvv&DEV_dddd` of virtual functions (pci.ids: "Virtual Function", "VF"), by vendor. *Inferred*: no hive with one has been read. */
const VIRTUAL_FUNCTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "8086", // Intel
    // biome-ignore format: a table
    [
      "10CA", "10ED", "1515", "1520", "152E", "152F", "1530", "154C", "1564", "1565", "1571", "15A8", "15A9", "15B4", "15C5", "1889", "37CD", "37D9", "0DD5",
    ],
  ],
  ["15B3", ["1002", "1004", "1012", "1014", "1016", "1018", "101A", "101C", "101E", "A2D3"]], // Mellanox
  ["14E4", ["1609", "163F", "166F", "16A9", "16AD", "16AF", "16CB", "16D3", "16DC", "16E1", "1806", "1808"]], // Broadcom
  ["1077", ["1664", "8090", "8430"]], // QLogic
  ["10DF", ["0728"]], // Emulex
  ["1137", ["0071"]], // Cisco
  ["1924", ["1803", "1813", "1903", "1923", "1A03", "1B03"]], // Solarflare
  ["1DD8", ["1003"]], // Pensando
]);

/** By vendor and product of its hardware IDs, or, on USB, by its name. */
export function isManagementController({
  description = "",
  hardwareIds,
}: {
  readonly description?: string | undefined;
  readonly hardwareIds: readonly string[];
}): boolean {
  const usb = hardwareIds.filter((id) => /^USB\\/i.test(id));
  if (usb.length === 0) return false;
  return MANAGEMENT_CONTROLLER_NAME.test(description) || usb.some((id) => MANAGEMENT_CONTROLLERS.has(usbModelOf(id)));
}

export function isVirtualFunction(hardwareIds: readonly string[]): boolean {
  return hardwareIds.some((id) => {
    const [, vendor = "", device = ""] = /^PCI\\VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})/i.exec(id) ?? [];
    return VIRTUAL_FUNCTIONS.get(vendor.toUpperCase())?.includes(device.toUpperCase()) === true;
  });
}

function usbModelOf(hardwareId: string): string {
  return (/VID_[0-9A-F]{4}&PID_[0-9A-F]{4}/i.exec(hardwareId)?.[0] ?? "").toUpperCase();
}
