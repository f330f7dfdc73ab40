/** Access lists on Linux: the extended attribute in which the NTFS drivers show a file's security descriptor. */
import { fromHex, toHex } from "../../bytes/hex.ts";
import type { Host } from "../host.ts";
import type { AccessLists, Reading } from "./model.ts";
import { parseDescriptor } from "./descriptor.ts";
import { wantedDescriptor } from "./who-may-write.ts";

/** ntfs-3g's (its manual, "Access Handling"; tried), and that of the kernel's ntfs3 (Documentation/filesystems/ntfs3.rst; not tried). */
const ATTRIBUTES = ["system.ntfs_acl", "system.ntfs_security"] as const;

const TIMEOUT_MS = 20_000;

export function ntfsLists({ machine }: Host): AccessLists {
  const readAs = (attribute: string, path: string): Reading => {
    const run = machine.ask(
      "getfattr",
      ["-h", "--absolute-names", "-e", "hex", "-n", attribute, "--", path],
      TIMEOUT_MS,
    );
    if (!run.ended) return unread(`getfattr (Debian package attr) could not be run: ${run.reason}`);
    const bytes = fromHex(/=0x([0-9a-f]+)/i.exec(run.output)?.[1] ?? "");
    if (run.status !== 0 || bytes === undefined || bytes.length === 0) {
      return unread(
        "its file system shows no access lists of Windows: it is no NTFS that ntfs-3g or ntfs3 has mounted",
      );
    }
    const descriptor = parseDescriptor(bytes);
    return descriptor === undefined
      ? unread("its access list holds what this program does not know")
      : { read: true, descriptor };
  };
  const attributeOf = (path: string): (typeof ATTRIBUTES)[number] | undefined =>
    ATTRIBUTES.find((attribute) => readAs(attribute, path).read);
  return {
    read: (path) => {
      const readings = ATTRIBUTES.map((attribute) => readAs(attribute, path));
      return readings.find(({ read }) => read) ?? readings[0] ?? unread("there is no way to read it");
    },
    set: (path, kind, wanted) => {
      const attribute = attributeOf(path) ?? ATTRIBUTES[0];
      const value = `0x${toHex(wantedDescriptor(wanted, kind))}`;
      const run = machine.execute("setfattr", ["-h", "-n", attribute, "-v", value, "--", path], TIMEOUT_MS);
      if (!run.ended) return `setfattr (Debian package attr) could not be run: ${run.reason}`;
      return run.status === 0 ? undefined : `setfattr ended with ${run.status}`;
    },
  };
}

function unread(reason: string): Reading {
  return { read: false, reason };
}
