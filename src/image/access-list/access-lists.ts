/** The access lists of an image's folders and files: set, and read back, by what the system that runs has for it. */
import type { Host } from "../host.ts";
import { icaclsLists } from "./icacls.ts";
import { ntfsLists } from "./ntfs-attribute.ts";
import type { AccessLists } from "./model.ts";
import { whyOthersMayRead, whyOthersMayWrite } from "./who-may-write.ts";

export function accessListsOf(host: Host): AccessLists {
  return host.platform === "win32" ? icaclsLists(host) : ntfsLists(host);
}

/** Why it is not proven that only administrators may write there, as the end of a sentence; undefined when it is. */
export function whyNotProtected(lists: AccessLists, path: string): string | undefined {
  const reading = lists.read(path);
  return reading.read ? whyOthersMayWrite(reading.descriptor) : reading.reason;
}

/** The same of reading. */
export function whyNotSecret(lists: AccessLists, path: string): string | undefined {
  const reading = lists.read(path);
  return reading.read ? whyOthersMayRead(reading.descriptor) : reading.reason;
}
