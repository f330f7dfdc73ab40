/** Whether the image's volume takes writes, asked without writing. */
import fs from "fs-extra";
import type { Access } from "../hive-files.ts";
import type { Host } from "../host.ts";
import type { ImageLocation } from "../locate.ts";
import { explainSystemError, systemErrorCode } from "../system-error.ts";
import { mountOf } from "./mount.ts";
import type { Unchecked } from "./unchecked.ts";

export type Writability = Unchecked | { readonly checked: true; readonly readOnly: boolean };

/**
 * `access`: how the hive will be opened; for writing, the system itself will say. Windows tells of a read-only volume
 * only to who opens a file for writing, which looking never does.
 */
export function readWritability({ hivePath }: ImageLocation, { platform, machine }: Host, access: Access): Writability {
  if (access === "read-write") {
    return { checked: true, readOnly: false };
  }
  if (platform === "win32") {
    return {
      checked: false,
      reason: "Windows tells only when a file is opened for writing, as apply does first of all",
    };
  }
  if (platform === "linux" && mountOf(hivePath, machine)?.options.includes("ro") === true) {
    return { checked: true, readOnly: true };
  }
  try {
    fs.accessSync(hivePath, fs.constants.W_OK);
    return { checked: true, readOnly: false };
  } catch (error) {
    return systemErrorCode(error) === "EROFS"
      ? { checked: true, readOnly: true }
      : { checked: false, reason: `${hivePath}: ${explainSystemError(error)}` };
  }
}
