/** Reads Linux' /sys: small text files, directories and links, any of which may be missing or refuse to be read. */
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** The text of an attribute without its final newline; undefined when there is none or the driver refuses. */
export function attribute(directory: string, name: string): string | undefined {
  return orUndefined(() => readFileSync(join(directory, name), "latin1").trim());
}

/** The bytes of a binary attribute; fewer than `sizeBytes` when the system gives no more. */
export function binaryAttribute(directory: string, name: string, sizeBytes: number): Uint8Array | undefined {
  return orUndefined(() => {
    const descriptor = openSync(join(directory, name), "r");
    try {
      const bytes = new Uint8Array(sizeBytes);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, sizeBytes, 0));
    } finally {
      closeSync(descriptor);
    }
  });
}

/** The size that an attribute is said to have, whether or not it may be read. */
export function attributeSize(directory: string, name: string): number | undefined {
  return orUndefined(() => statSync(join(directory, name)).size);
}

/** A number as sysfs writes it, `0x8086` or `3`; undefined for anything else. */
export function numberAttribute(directory: string, name: string): number | undefined {
  const text = attribute(directory, name);
  return text !== undefined && /^(?:0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : undefined;
}

/** Names in a directory, in a stable order; none when it is missing. */
export function namesIn(directory: string): readonly string[] {
  return (orUndefined(() => readdirSync(directory)) ?? []).sort();
}

/** The directory that a link or path leads to. */
export function target(path: string): string | undefined {
  return orUndefined(() => realpathSync(path));
}

/** The last part of a link's target: the name of the driver or of the subsystem. */
export function linkName(directory: string, name: string): string | undefined {
  const link = orUndefined(() => readlinkSync(join(directory, name)));
  return link === undefined ? undefined : basename(link);
}

/** The directory itself and those above it, up to the root of the file system. */
export function withParents(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...withParents(parent)];
}

/** Whatever the system says against reading it, it is not there for us. */
function orUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
