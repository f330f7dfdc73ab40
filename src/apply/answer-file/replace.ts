/** A new text in the place of an answer file, which may hold passwords: whoever could not read the former cannot read it, nor a copy. */
import fs from "fs-extra";
import type { Warning } from "../../exit/warning.ts";
import { protectLike } from "../../image/access-list/like-former.ts";
import { createDurably, replaceDurably, type WhileEmpty } from "../../image/durable-file.ts";
import type { Host } from "../../image/host.ts";

/** Throws the system's errors. */
export function replaceAnswerFile(file: string, content: Uint8Array, host: Host): readonly Warning[] {
  if (fs.pathExistsSync(file))
    return protectedLike(file, file, host, (whileEmpty) => replaceDurably(file, content, "secret", whileEmpty));
  replaceDurably(file, content, "plain");
  return [];
}

/** `copy` must not be there. Throws the system's errors. */
export function copyAnswerFile(file: string, copy: string, content: Uint8Array, host: Host): readonly Warning[] {
  return protectedLike(file, copy, host, (whileEmpty) => createDurably(copy, content, "secret", whileEmpty));
}

function protectedLike(file: string, place: string, host: Host, write: (whileEmpty: WhileEmpty) => void): Warning[] {
  let why: string | undefined;
  write((empty) => {
    why = protectLike(file, empty, host);
  });
  if (why === undefined) return [];
  const message = `${place} is not known to have the access list of the file that stood there, and may hold passwords: ${why}. Look at who may read it`;
  return [{ code: "answer-file-readable", message }];
}
