/** No list is empty. */
import { toFile } from "../../format/offsets.ts";
import { emptyList } from "../../problems/empty-list.ts";
import { rule } from "../rule.ts";

export const emptyListRule = rule(emptyList, (_examined, report) => ({
  list({ cell, count }, key) {
    if (count === 0) report(toFile(cell), {}, key);
  },
}));
