/** Asks an image, for each adapter of an inventory, whether it has a driver. */
import path from "node:path";
import { judgeDrivers } from "../../drivers/judge.ts";
import type { AdapterDriver, DriverFiles } from "../../drivers/model.ts";
import { infFilesIn, isInImage } from "../../image/driver-store.ts";
import type { ImageLocation } from "../../image/locate.ts";
import { lookIntoHive } from "../../image/other-hive.ts";
import type { ImageSession } from "../../image/session.ts";
import type { InventoryAdapter } from "../../inventory/model.ts";
import type { Match } from "../../match/model.ts";
import type { Windows } from "../../windows/model/windows.ts";

/** In the order in which the match has them; none without an inventory. Throws HiveError for damage in SYSTEM, which the check has found before. */
export function findDrivers({ hive, location }: ImageSession, windows: Windows, match: Match): AdapterDriver[] {
  const adapters = inventoryAdapters(match);
  return adapters.length === 0 ? [] : judgeDrivers({ windows, root: hive.root, adapters, files: filesOf(location) });
}

type Asked = Parameters<typeof judgeDrivers>[0]["adapters"][number];

function inventoryAdapters({ connections, newAdapters, unclear }: Match): Asked[] {
  const known = connections.flatMap(({ connection, adapter }) =>
    adapter === undefined ? [] : [{ adapter: adapter.inventory, own: connection.adapter }],
  );
  const others: readonly InventoryAdapter[] = [...newAdapters, ...unclear.map(({ adapter }) => adapter)];
  return [...known, ...others.map((adapter) => ({ adapter }))];
}

function filesOf(location: ImageLocation): DriverFiles {
  return {
    windowsFolder: path.basename(location.volume?.windowsFolder ?? "Windows"),
    has: (place) => isInImage(location, place),
    infFiles: (folder, deep) => infFilesIn(location, folder, deep),
    lookInto: (hive, look) => lookIntoHive(location, hive, look),
  };
}
