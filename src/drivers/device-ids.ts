/** The IDs by which Windows looks for a device's driver, most specific first, in upper case. */
import { upcase } from "../bytes/upcase.ts";

/** `PCI\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00`: the whole model. */
const PCI_MODEL = /^(PCI\\VEN_[0-9A-F]{4}&DEV_[0-9A-F]{4})(&SUBSYS_[0-9A-F]{8})?(&REV_[0-9A-F]{2})?$/;
/** `USB\VID_0B95&PID_1790&REV_0100&MI_00`: one function of it, or the whole. */
const USB_MODEL = /^(USB\\VID_[0-9A-F]{4}&PID_[0-9A-F]{4})(&REV_[0-9A-F]{4})?(&MI_[0-9A-F]{2})?$/;

/**
 * Those that are given, in their order, and those that follow from the first of them and were left out (Microsoft, "Identifiers for PCI Devices", "Standard USB
 * Identifiers"): whoever writes an inventory by hand gives the first one only.
 */
export function deviceIds(given: readonly string[]): readonly string[] {
  const ids = given.map(upcase).filter((id) => id !== "");
  const [first = ""] = ids;
  return [...new Set([...ids, ...pciIds(first), ...usbIds(first)])];
}

/** Whether the ID names a model, not only a vendor or a class of devices (`PCI\VEN_8086`, `PCI\CC_0200`). */
export function namesModel(id: string): boolean {
  return !/^(?:PCI|USB)\\/.test(id) || /&DEV_|&PID_/.test(id);
}

function pciIds(first: string): string[] {
  const [, model, subsystem = "", revision = ""] = PCI_MODEL.exec(first) ?? [];
  return model === undefined
    ? []
    : [`${model}${subsystem}${revision}`, `${model}${subsystem}`, `${model}${revision}`, model];
}

function usbIds(first: string): string[] {
  const [, model, revision = "", part = ""] = USB_MODEL.exec(first) ?? [];
  return model === undefined ? [] : [`${model}${revision}${part}`, `${model}${part}`];
}
