/** What earlier arrangements have left in an image goes when another one stands: a power cut before that leaves them whole. */
import fs from "fs-extra";
import type { Warning } from "../../exit/warning.ts";
import { explainSystemError } from "../../image/system-error.ts";
import type { Emit } from "../events.ts";

/** Never throws for a file: each arrangement knows its own by their id, and passes over what is left of others. */
export function clearAway(files: readonly string[], emit: Emit): Warning[] {
  return files.flatMap((file) => {
    try {
      fs.rmSync(file);
      emit({ kind: "noted", message: `removed ${file}, which another first boot has left` });
      return [];
    } catch (error) {
      const message = `${file}, which another first boot has left, cannot be removed: ${explainSystemError(error)}`;
      return [{ code: "first-boot-file-left", message }];
    }
  });
}
