/** The hives that are measured, each with something to move in it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { editHive, hiveBytes, openHive } from "../../src/regf/index.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import { REAL_HIVES } from "../../test/support/real-hives.ts";
import { buildFixture } from "../fixtures.ts";
import type { Place, Subject } from "./contest.ts";
import { timeProgram } from "./run-program.ts";

const WINDOWS_7 = join(REAL_HIVES, "system", "win7-sp1-x86-esx.hiv");
const WINDOWS_10 = join(REAL_HIVES, "system", "win10-21h2-vmware.hiv");

const ORPHANS = ["--sources", "orphans"];

/** The hives that were named; else the real ones; else a phony one, which is far too small to tell much. */
export function subjectsOf(named: readonly string[], place: Place): readonly Subject[] {
  if (named.length > 0) {
    return named.map((hive) => ({ title: basename(hive), hive, applyArguments: ORPHANS }));
  }
  if (existsSync(WINDOWS_7) && existsSync(WINDOWS_10)) {
    return [windows10(place), windows7(place)];
  }
  const image = join(place.folder, "image");
  buildFixture("moved-windows-10", image);
  const hive = join(image, "Windows", "System32", "config", "SYSTEM");
  return [{ title: "phony Windows 10 (no real hives here: PINT_REAL_HIVES)", hive, applyArguments: ORPHANS }];
}

/** The profile of the Windows 7 machine goes to its one adapter. */
function windows10({ folder, program }: Place): Subject {
  const [profile, inventory] = [join(folder, "profile.json"), join(folder, "inventory.json")];
  timeProgram({ command: [process.execPath, program, "capture", WINDOWS_7, "-o", profile] }, folder);
  const adapters = [{ mac: { permanent: "00-0C-29-66-1A-A2" } }];
  writeFileSync(inventory, JSON.stringify({ pintInventory: 1, adapters }));
  const applyArguments = ["--profile", profile, "--inventory", inventory];
  return { title: "Windows 10 21H2", hive: WINDOWS_10, applyArguments };
}

/** Its production interface made DHCP, as after a first boot on a new machine: it gets its orphan's address, in both control sets. */
function windows7({ folder }: Place): Subject {
  const hive = openHive({ primary: new MemoryStorage(WINDOWS_7, readFileSync(WINDOWS_7)), logs: [] });
  const edit = editHive(hive);
  for (const controlSet of ["ControlSet001", "ControlSet002"]) {
    const key = `${controlSet}\\Services\\Tcpip\\Parameters\\Interfaces\\{698E50A9-4F58-4D86-B61D-F42E58DCACF6}`;
    edit.setValue(key, "EnableDHCP", 4, Uint8Array.of(1, 0, 0, 0));
    edit.setValue(key, "NameServer", 1, encodeUtf16("\0"));
    edit.setValue(key, "DhcpIPAddress", 1, encodeUtf16("10.9.9.9\0"));
    for (const name of ["IPAddress", "SubnetMask", "DefaultGateway", "DefaultGatewayMetric"]) {
      edit.deleteValue(key, name);
    }
  }
  const path = join(folder, "windows-7");
  writeFileSync(path, hiveBytes(hive));
  return { title: "Windows 7 SP1", hive: path, applyArguments: ORPHANS };
}
