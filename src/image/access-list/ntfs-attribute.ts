/** Access lists on Linux: the extended attribute in which the NTFS drivers show a file's security descriptor. */
import { fromHex, toHex } from "../../bytes/hex.ts";
import type { Host } from "../host.ts";
import type { AccessLists, Reading } from "./model.ts";
import { parseDescriptor } from "./descriptor.ts";
import { wantedDescriptor } from "./who-may-write.ts";

/** ntfs-3g's (its manual, "Access Handling"; tried), and that of the kernel's ntfs3 (Documentation/filesystems/ntfs3.rst; not tried). */
const ATTRIBUTES = ["system.ntfs_acl", "system.ntfs_security"] as const;

const TIMEOUT_MS = 20_000;

const NO_LISTS = "its file system shows no access lists of Windows: it is no NTFS that ntfs-3g or ntfs3 has mounted";

export function ntfsLists({ machine }: Host): AccessLists {
  const bytesAs = (attribute: string, path: string): Uint8Array | string => {
    const run = machine.ask(
      "getfattr",
      ["-h", "--absolute-names", "-e", "hex", "-n", attribute, "--", path],
      TIMEOUT_MS,
    );
    if (!run.ended) return `getfattr (Debian package attr) could not be run: ${run.reason}`;
    const bytes = fromHex(/=0x([0-9a-f]+)/i.exec(run.output)?.[1] ?? "");
    return run.status !== 0 || bytes === undefined || bytes.length === 0 ? NO_LISTS : bytes;
  };
  const readAs = (attribute: string, path: string): Reading => {
    const bytes = bytesAs(attribute, path);
    if (typeof bytes === "string") return unread(bytes);
    const descriptor = parseDescriptor(bytes);
    return descriptor === undefined
      ? unread("its access list holds what this program does not know")
      : { read: true, descriptor };
  };
  const write = (attribute: string, path: string, descriptor: Uint8Array): string | undefined => {
    const value = `0x${toHex(descriptor)}`;
    const run = machine.execute("setfattr", ["-h", "-n", attribute, "-v", value, "--", path], TIMEOUT_MS);
    if (!run.ended) return `setfattr (Debian package attr) could not be run: ${run.reason}`;
    return run.status === 0 ? undefined : `setfattr ended with ${run.status}`;
  };
  const attributeOf = (path: string): (typeof ATTRIBUTES)[number] | undefined =>
    ATTRIBUTES.find((attribute) => readAs(attribute, path).read);
  return {
    read: (path) => {
      const readings = ATTRIBUTES.map((attribute) => readAs(attribute, path));
      return readings.find(({ read }) => read) ?? readings[0] ?? unread("there is no way to read it");
    },
    set: (path, kind, wanted) => {
      return write(attributeOf(path) ?? ATTRIBUTES[0], path, wantedDescriptor(wanted, kind));
    },
    copy: (from, to) => {
      const found = ATTRIBUTES.map((attribute) => [attribute, bytesAs(attribute, from)] as const);
      for (const [attribute, bytes] of found) if (typeof bytes !== "string") return write(attribute, to, bytes);
      // Where there are no lists, none is lost.
      return found.flatMap(([, why]) => (typeof why === "string" && why !== NO_LISTS ? why : []))[0];
    },
  };
}

function unread(reason: string): Reading {
  return { read: false, reason };
}
