/** Builds a /sys of a test's own in a temporary directory, with the links that the kernel makes. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

export interface PciAttributes {
  readonly vendor?: string;
  readonly device?: string;
  readonly subsystem_vendor?: string;
  readonly subsystem_device?: string;
  readonly revision?: string;
  readonly class?: string;
  readonly label?: string;
}

/** An Intel 82574L as VMware has it. */
export const INTEL: PciAttributes = {
  vendor: "0x8086",
  device: "0x10d3",
  subsystem_vendor: "0x15ad",
  subsystem_device: "0x07d0",
  revision: "0x00",
  class: "0x020000",
};

export const INTEL_IDS = [
  "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00",
  "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD",
  "PCI\\VEN_8086&DEV_10D3&REV_00",
  "PCI\\VEN_8086&DEV_10D3",
  "PCI\\VEN_8086&DEV_10D3&CC_020000",
  "PCI\\VEN_8086&DEV_10D3&CC_0200",
];

export class FakeSys {
  readonly root = mkdtempSync(join(tmpdir(), "pint-sys-"));

  constructor() {
    for (const directory of ["class/net", "bus/pci/devices", "devices/virtual/net"]) this.directory(directory);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** A PCI device below a root port, as most are: its path below the root. */
  pci(name: string, attributes: PciAttributes = INTEL, driver?: string): string {
    const path = `devices/pci${name.slice(0, name.indexOf(":"))}:00/${name.replace(/:.*/, ":00:1c.0")}/${name}`;
    this.device(path, "pci", { ...attributes }, driver);
    this.link(`bus/pci/devices/${name}`, path);
    return path;
  }

  /** Any device: its directory, its subsystem, its driver. */
  device(path: string, subsystem: string, attributes: Readonly<Record<string, string>> = {}, driver?: string): string {
    this.write(path, attributes);
    this.directory(`bus/${subsystem}`);
    this.link(`${path}/subsystem`, `bus/${subsystem}`);
    if (driver !== undefined) {
      this.directory(`bus/${subsystem}/drivers/${driver}`);
      this.link(`${path}/driver`, `bus/${subsystem}/drivers/${driver}`);
    }
    return path;
  }

  /** A network interface of a device, with the address it was made with. */
  net(devicePath: string, name: string, address: string, attributes: Readonly<Record<string, string>> = {}): string {
    const path = `${devicePath}/net/${name}`;
    this.write(path, { address, addr_assign_type: "0", type: "1", dev_port: "0", ...attributes });
    this.link(`${path}/device`, devicePath);
    this.link(`class/net/${name}`, path);
    return path;
  }

  /** A network interface that no device is behind. */
  virtualNet(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    const path = `devices/virtual/net/${name}`;
    this.write(path, { address: "02:00:00:00:00:01", addr_assign_type: "3", type: "1", ...attributes });
    this.link(`class/net/${name}`, path);
  }

  /** PCI Express' configuration space with a serial number, `digits` its upper half first; behind another capability when it is the second. */
  serialNumber(devicePath: string, digits: string, capabilities: "first" | "second" = "first"): void {
    const config = Buffer.alloc(4096);
    const offset = capabilities === "first" ? 0x100 : 0x140;
    if (capabilities === "second") config.writeUInt32LE((0x140 << 20) | (1 << 16) | 0x0001, 0x100); // advanced error reporting
    config.writeUInt32LE((1 << 16) | 0x0003, offset);
    config.writeUInt32LE(Number.parseInt(digits.slice(8), 16), offset + 4);
    config.writeUInt32LE(Number.parseInt(digits.slice(0, 8), 16), offset + 8);
    writeFileSync(join(this.root, devicePath, "config"), config);
  }

  /** A file for each attribute, with the newline that sysfs writes. */
  write(path: string, attributes: Readonly<Record<string, string>>): void {
    this.directory(path);
    for (const [name, value] of Object.entries(attributes)) {
      this.directory(join(path, name, ".."));
      writeFileSync(join(this.root, path, name), `${value}\n`);
    }
  }

  directory(path: string): void {
    mkdirSync(join(this.root, path), { recursive: true });
  }

  /** A relative link, as sysfs has them. */
  link(path: string, target: string): void {
    const from = join(this.root, path);
    symlinkSync(relative(join(from, ".."), join(this.root, target)), from);
  }
}
