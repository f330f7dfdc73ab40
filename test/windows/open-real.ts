/** A real hive's Windows, read as the program reads it. */
import { onTestFinished } from "vitest";
import { dateOfFileTime } from "../../src/bytes/file-time.ts";
import { type Hive, openHive } from "../../src/regf/index.ts";
import { openFile } from "../../src/storage/file.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import type { Windows, WindowsConnection } from "../../src/windows/model/windows.ts";
import { realHive } from "../support/real-hives.ts";

/** Closed when the running test ends. Hives whose logs are missing are taken as they stand. */
export function openReal(name: string): Hive {
  const primary = openFile(realHive(`system/${name}.hiv`), "read");
  onTestFinished(() => primary.close());
  return openHive({ primary, logs: [] }, { acceptDirty: true });
}

export function readReal(name: string): Windows {
  return readWindows(openReal(name).root);
}

/** A FILETIME as ISO 8601 to the second. */
export function isoTime(time: bigint | undefined): string | undefined {
  if (time === undefined) return undefined;
  return `${dateOfFileTime(time).toISOString().slice(0, 19)}Z`;
}

export function byGuid(windows: Windows, guid: string): WindowsConnection {
  const found = windows.connections.find((connection) => connection.guid === guid);
  if (found === undefined) throw new Error(`no connection ${guid}`);
  return found;
}

export function physical(windows: Windows): readonly WindowsConnection[] {
  return windows.connections.filter(({ adapter }) => adapter?.physical === true);
}
