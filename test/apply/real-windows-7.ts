/** The real hive of Windows 7: its two adapters, and how it comes to be one that has booted on a new machine. */
import { dword, editOnDisk } from "./support.ts";

export const WIN7 = "system/win7-sp1-x86-esx.hiv";
export const PRODUCTION = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}";
export const GHOST = "{6AAFC9A9-0542-4DB2-8760-CCFFA953737C}";
export const INTERFACES = "Services\\Tcpip\\Parameters\\Interfaces";

/** As a Windows that has booted once on its new machine has its new interface: DHCP, with a lease. */
export function makeDhcp(hive: string): void {
  editOnDisk(
    hive,
    (edit) => {
      for (const controlSet of ["ControlSet001", "ControlSet002"]) {
        const key = `${controlSet}\\${INTERFACES}\\${PRODUCTION}`;
        edit.setValue(key, "EnableDHCP", 4, dword(1));
        edit.setValue(key, "NameServer", 1, Buffer.from("\0", "utf16le"));
        edit.setValue(key, "DhcpIPAddress", 1, Buffer.from("10.9.9.9\0", "utf16le"));
        for (const name of ["IPAddress", "SubnetMask", "DefaultGateway", "DefaultGatewayMetric"]) {
          edit.deleteValue(key, name);
        }
      }
    },
    "DIRT",
  );
}
