/** Places in an image: those of INF files, and where a path that Windows keeps in its registry leads. */
import type { ImagePath } from "./model.ts";

/** Vista and later install from the driver store (Microsoft, "Driver Store"), XP and 2003 from INF. */
export const FILE_REPOSITORY: ImagePath = { from: "windows", names: ["System32", "DriverStore", "FileRepository"] };
export const INF_FOLDER: ImagePath = { from: "windows", names: ["INF"] };
export const DRIVERS_FOLDER: ImagePath = { from: "windows", names: ["System32", "drivers"] };

/**
 * As Windows writes them (seen in hives of XP to 10): `\SystemRoot\System32\drivers\x.sys` and `system32\DRIVERS\x.sys` are below the Windows folder; a whole path,
 * `C:\...` or `\??\C:\...`, is taken for one of the image's own volume.
 */
export function pathInImage(path: string, windowsFolder: string): ImagePath {
  const below = /^(?:\\SystemRoot|%SystemRoot%|%windir%)\\(.*)$/i.exec(path)?.[1];
  if (below !== undefined) return { from: "windows", names: namesOf(below) };
  const whole = /^(?:\\\?\?\\|\\DosDevices\\)?(?:[a-z]:|%SystemDrive%)\\(.*)$/i.exec(path)?.[1];
  if (whole === undefined) return { from: "windows", names: namesOf(path) };
  const names = namesOf(whole);
  return names[0]?.toUpperCase() === windowsFolder.toUpperCase()
    ? { from: "windows", names: names.slice(1) }
    : { from: "root", names };
}

/** A service without an ImagePath is `System32\drivers\NAME.sys` (Microsoft, "CreateServiceA function", of drivers). */
export function driverFile(imagePath: string | undefined, service: string, windowsFolder: string): ImagePath {
  const path = imagePath === undefined || imagePath === "" ? `System32\\drivers\\${service}.sys` : imagePath;
  return pathInImage(path, windowsFolder);
}

function namesOf(path: string): string[] {
  return path.split("\\").filter((name) => name !== "");
}
