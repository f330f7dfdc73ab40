/** A key's cell is not larger than Windows accepts. */
import { toFile } from "../../format/offsets.ts";
import { MAX_KEY_CONTENT_SIZE } from "../../limits.ts";
import { keyTooLarge } from "../../problems/key-too-large.ts";
import { rule } from "../rule.ts";

export const keyTooLargeRule = rule(keyTooLarge, (_examined, report) => ({
  key(key) {
    const size = key.contentSize;
    if (size > MAX_KEY_CONTENT_SIZE) report(toFile(key.cell), { size, largest: MAX_KEY_CONTENT_SIZE }, key);
  },
}));
