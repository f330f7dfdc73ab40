/** Whether a volume holds a hibernated Windows, by what its hiberfil.sys begins with. */
import path from "node:path";
import fs from "fs-extra";
import { decodeLatin1 } from "../../bytes/utf16.ts";
import type { ImageLocation } from "../locate.ts";
import { explainSystemError } from "../system-error.ts";
import { findEntry, whyNotRegular } from "../volume-path.ts";
import { NO_VOLUME, type Unchecked } from "./unchecked.ts";

export type Hibernation =
  | Unchecked
  | { readonly checked: true; readonly state: "none" }
  /** `signature` is what hiberfil.sys begins with. */
  | { readonly checked: true; readonly state: HibernationState; readonly signature: string };

export type HibernationState = (typeof SIGNATURES)[keyof typeof SIGNATURES];

/**
 * What `hiberfil.sys` begins with, in any case: "hibr" is a hibernation image to resume from (GRUB, commands/file.c
 * and nthibr.c), which Windows writes for fast startup too; "rstr" is a resume in progress; "wake" stands there after
 * a resume, and a boot menu may still offer to continue after a failed one (unconfirmed). Anything else is no image.
 */
const SIGNATURES = { hibr: "hibernated", rstr: "resuming", wake: "resume-failed" } as const;

export function readHibernation({ volume }: ImageLocation): Hibernation {
  if (volume === undefined) {
    return NO_VOLUME;
  }
  try {
    const name = findEntry(volume.root, "hiberfil.sys");
    const file = name === undefined ? undefined : path.join(volume.root, name);
    const why = file === undefined ? undefined : whyNotRegular(fs.lstatSync(file));
    if (why !== undefined) {
      return { checked: false, reason: `hiberfil.sys cannot be read: ${why}` };
    }
    const signature = file === undefined ? "" : readSignature(file);
    const state = SIGNATURES[signature.toLowerCase() as keyof typeof SIGNATURES];
    return state === undefined ? { checked: true, state: "none" } : { checked: true, state, signature };
  } catch (error) {
    return { checked: false, reason: `hiberfil.sys cannot be read: ${explainSystemError(error)}` };
  }
}

function readSignature(file: string): string {
  const descriptor = fs.openSync(file, "r");
  try {
    const bytes = new Uint8Array(4);
    return decodeLatin1(bytes.subarray(0, fs.readSync(descriptor, bytes, 0, bytes.length, 0)));
  } finally {
    fs.closeSync(descriptor);
  }
}
