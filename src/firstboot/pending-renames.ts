/** What Windows renames and deletes at its next start, before any service: a value of the session manager, as pairs of texts. */
import { toHex } from "../bytes/hex.ts";
import { decodeUtf16, encodeUtf16 } from "../bytes/utf16.ts";
import type { RegistryData } from "../notation/registry-data.ts";
import type { Key } from "../regf/index.ts";
import { SESSION_MANAGER_KEY } from "../windows/registry-paths.ts";

export const PENDING_RENAMES_VALUE = "PendingFileRenameOperations";

/** `what` begins with `\??\`; `to` is empty for a deletion (Microsoft, "MoveFileExW"). */
export interface PendingRename {
  readonly what: string;
  readonly to: string;
}

const NUL = "\0";

/** In their order; none without the value. Throws HiveError. */
export function readPendingRenames(controlSet: Key): readonly PendingRename[] {
  const value = controlSet.open(SESSION_MANAGER_KEY)?.value(PENDING_RENAMES_VALUE);
  return value === undefined ? [] : renamesOf(decodeUtf16(value.data));
}

/** As Windows keeps them: because a text may be empty, no list of texts that a REG_MULTI_SZ could say. */
export function pendingRenamesData(renames: readonly PendingRename[]): RegistryData {
  const text = renames.map(({ what, to }) => `${what}${NUL}${to}${NUL}`).join("");
  return { type: "REG_MULTI_SZ", data: { hex: toHex(encodeUtf16(text + NUL)) } };
}

/** The last NUL ends the list, the one before it the last text; what lacks them is read all the same. */
function renamesOf(text: string): readonly PendingRename[] {
  const whole = withoutEnd(withoutEnd(text));
  const texts = whole === "" ? [] : whole.split(NUL);
  return Array.from({ length: Math.ceil(texts.length / 2) }, (_, at) => ({
    what: texts[2 * at] ?? "",
    to: texts[2 * at + 1] ?? "",
  }));
}

function withoutEnd(text: string): string {
  return text.endsWith(NUL) ? text.slice(0, -1) : text;
}
