/** What reasons call an adapter or a connection, short and unmistakable. */
import type { InventoryAdapter } from "../inventory/model.ts";
import { locationText } from "../notation/pci-location.ts";
import type { WindowsConnection } from "../windows/model/windows.ts";

/** "Intel 82574L (00-0C-29-66-1A-A2, PCI bus 3, device 0, function 0)" */
export function adapterText({ description, mac, hardwareIds, location, instanceId }: InventoryAdapter): string {
  const address = mac.permanent ?? mac.current;
  const [name, ...details] = [
    description,
    address,
    location && locationText(location),
    hardwareIds[0],
    instanceId,
  ].filter((part) => part !== undefined);
  if (name === undefined) return "an adapter without a name";
  return details.length === 0 ? name : `${name} (${details.slice(0, 2).join(", ")})`;
}

/** `"Local Area Connection" {698E50A9-...}`: several connections of an image can have one name. */
export function nameAndGuid({ name, adapter, guid }: WindowsConnection): string {
  const called = name ?? adapter?.description;
  return called === undefined ? guid : `"${called}" ${guid}`;
}
