/** Which mounted file system of a Linux machine a path lies on, and from what that was mounted. */
import type { Machine } from "../host.ts";

export interface Mount {
  /** "8:2", major and minor number. */
  readonly device: string;
  readonly mountPoint: string;
  /** "ntfs3", "fuseblk". */
  readonly fileSystem: string;
  /** What was mounted, as it was named: a device, a file, or any word. */
  readonly source: string;
  /** Of the mount and of the file system. */
  readonly options: readonly string[];
}

/** `path` must be absolute and without links. undefined: the system does not tell. */
export function mountOf(path: string, machine: Machine): Mount | undefined {
  // What was mounted later lies over what was there before.
  return mountsOf(machine)
    .filter(({ mountPoint }) => holds(mountPoint, path))
    .reduce<Mount | undefined>(
      (best, mount) => (mount.mountPoint.length >= (best?.mountPoint.length ?? 0) ? mount : best),
      undefined,
    );
}

/** All of them, in the order in which they were mounted. */
export function mountsOf(machine: Pick<Machine, "readText">): Mount[] {
  return (machine.readText("/proc/self/mountinfo") ?? "").split("\n").flatMap(parseLine);
}

/** `36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw,errors=continue` (proc(5)). */
function parseLine(line: string): Mount[] {
  const [before, after] = line.split(" - ", 2);
  const [, , device, , mountPoint, options] = before?.split(" ") ?? [];
  const [fileSystem, source, superOptions] = after?.split(" ") ?? [];
  if (device === undefined || mountPoint === undefined || fileSystem === undefined || source === undefined) {
    return [];
  }
  const all = [options, superOptions].flatMap((list) => list?.split(",") ?? []);
  return [{ device, mountPoint: withoutEscapes(mountPoint), fileSystem, source: withoutEscapes(source), options: all }];
}

/** Blanks, tabs, line ends and backslashes are written in octal. */
function withoutEscapes(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function holds(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? folder : `${folder}/`);
}
