/** Where a PCI device sits, as Windows and Linux both say it. */
export interface PciLocation {
  readonly bus: number;
  readonly device: number;
  readonly function: number;
}
