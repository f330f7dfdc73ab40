/** What is told of a target's driver before the move: that there is none, or that nobody can tell; and how one is added. */
import type { PlannedDriver } from "../../plan/model.ts";
import type { Warning } from "../../exit/warning.ts";
import type { ImageLocation } from "../../image/locate.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";

/** `users`: which sources the adapter is for, as sentences name them. None for a driver that is there. */
export function driverWarning(
  { adapter, verdict, reason, disabled, service = "" }: PlannedDriver,
  users: readonly string[],
  location: ImageLocation,
  family: WindowsFamily,
): Warning | undefined {
  if (verdict === "there" || users.length === 0) return undefined;
  const name = [adapter.description ?? "an adapter of the inventory", adapter.mac].filter(Boolean).join(", ");
  const whose = `${name} (for ${users.join(" and ")})`;
  if (disabled === true) {
    const message = `The driver of ${whose} does not start: ${reason}. Windows has no such connection until Start is 3 in the service ${service}, in the hive or after the first start.`;
    return { code: "no-driver", message };
  }
  const how = howToAdd(location, family);
  return verdict === "missing"
    ? {
        code: "no-driver",
        message: `The image has no driver for ${whose}: ${reason}. Without one Windows does not start the adapter, and the settings wait. Add it before the first start: ${how}`,
      }
    : {
        code: "driver-unknown",
        message: `Whether the image has a driver for ${whose} cannot be told: ${reason}. If it has none: ${how}`,
      };
}

/** DISM services images of Vista SP1 and later (Microsoft, "What Is Deployment Image Servicing and Management?"); before that a folder in DevicePath serves (KB 254078, 314479). */
function howToAdd({ path, kind }: ImageLocation, family: WindowsFamily): string {
  if (family === "xp") {
    return "copy its INF, CAT and SYS files to a folder of the image, and add that folder to the value DevicePath of Microsoft\\Windows\\CurrentVersion in its SOFTWARE hive (%SystemRoot%\\inf;C:\\Drivers\\Net); dism does not know this Windows";
  }
  const isDrive = kind === "folder" && /^[a-z]:\\/i.test(path);
  const folder = "PATH being the folder with its INF file";
  return isDrive
    ? `dism /Image:${quoted(path)} /Add-Driver /Driver:PATH /Recurse (${folder})`
    : `dism /Image:D:\\ /Add-Driver /Driver:PATH /Recurse (on Windows or in WinPE, D: being the image's volume, ${folder})`;
}

/** As an argument on Windows' command line, where a backslash before the closing quote would take it away. */
function quoted(path: string): string {
  return /^[\w:\\.-]+$/.test(path) ? path : `"${path.replace(/\\+$/, "")}"`;
}
