/** Every cell in use is one that something refers to. */
import { toFile } from "../../format/offsets.ts";
import { cellLeaked } from "../../problems/cell-leaked.ts";
import { rule } from "../rule.ts";

export const cellLeakedRule = rule(cellLeaked, ({ cells, isComplete }, report) => ({
  hive() {
    if (!isComplete()) return; // the reference may be in what could not be walked
    for (const { cell, size } of cells.unmet()) report(toFile(cell), { size });
  },
}));
