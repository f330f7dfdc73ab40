/** What Windows would delete of a first boot at its next start, before any service: noted by a finisher that has ended. */
import { toHex } from "../bytes/hex.ts";
import { decodeUtf16, encodeUtf16 } from "../bytes/utf16.ts";
import type { RegistryData } from "../notation/registry-data.ts";
import type { Key } from "../regf/index.ts";
import { SESSION_MANAGER_KEY } from "../windows/registry-paths.ts";
import { FIRST_BOOT_FOLDER } from "./places.ts";

/** Of the session manager: pairs of texts, what and where to, the second empty for a deletion (Microsoft, "MoveFileExW"). */
export const PENDING_RENAMES_VALUE = "PendingFileRenameOperations";

const NUL = "\0";

/** The finisher's folder or a file in it, of whatever drive and folder of Windows: `\??\C:\Windows\PINT\first-boot\pint.exe`. */
const OWN = new RegExp(String.raw`^\\\?\?\\[A-Z]:\\[^\\]+\\${FIRST_BOOT_FOLDER.join(String.raw`\\`)}(\\[^\\]*)?$`, "i");

/** What the value is to be without ours; undefined when none of it is ours, "none" when nothing else is in it. Throws HiveError. */
export function withoutOwnDeletions(controlSet: Key): RegistryData | "none" | undefined {
  const value = controlSet.open(SESSION_MANAGER_KEY)?.value(PENDING_RENAMES_VALUE);
  const pairs = value === undefined ? [] : pairsOf(decodeUtf16(value.data));
  const others = pairs.filter(([what]) => !OWN.test(what));
  if (others.length === pairs.length) return undefined;
  if (others.length === 0) return "none";
  const text = others.map(([what, to]) => `${what}${NUL}${to}${NUL}`).join("");
  return { type: "REG_MULTI_SZ", data: { hex: toHex(encodeUtf16(text + NUL)) } };
}

/** An empty first text ends the list. */
function pairsOf(text: string): readonly (readonly [string, string])[] {
  const texts = text.split(NUL);
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < texts.length && texts[at] !== ""; at += 2)
    pairs.push([texts[at] ?? "", texts[at + 1] ?? ""]);
  return pairs;
}
