/** Where a PCI device sits, as Windows and Linux both say it. */
export interface PciLocation {
  readonly bus: number;
  readonly device: number;
  readonly function: number;
}

/** By bus, device and function; negative, zero or positive. */
export function comparePciLocations(left: PciLocation, right: PciLocation): number {
  return left.bus - right.bus || left.device - right.device || left.function - right.function;
}

/** "PCI bus 3, device 0, function 0" */
export function locationText({ bus, device, function: part }: PciLocation): string {
  return `PCI bus ${bus}, device ${device}, function ${part}`;
}
