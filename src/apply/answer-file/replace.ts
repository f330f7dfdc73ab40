/** A new text in the place of an answer file, which may hold passwords: whoever could not read the former cannot read it. */
import fs from "fs-extra";
import type { Warning } from "../../exit/warning.ts";
import { protectLike } from "../../image/access-list/like-former.ts";
import { replaceDurably } from "../../image/durable-file.ts";
import type { Host } from "../../image/host.ts";

/** Throws the system's errors. */
export function replaceAnswerFile(file: string, content: Uint8Array, host: Host): readonly Warning[] {
  if (!fs.pathExistsSync(file)) {
    replaceDurably(file, content, "plain");
    return [];
  }
  let why: string | undefined;
  replaceDurably(file, content, "secret", (empty) => {
    why = protectLike(file, empty, host);
  });
  if (why === undefined) return [];
  const message = `${file} is not known to have the access list that it had, and may hold passwords: ${why}. Look at who may read it`;
  return [{ code: "answer-file-readable", message }];
}
