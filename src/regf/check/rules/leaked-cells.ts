/** A cell in use that nothing refers to: lost room. No clean hive of Windows has one. */
import { toFile } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

export const leakedCells: Rule = {
  name: "leaked-cells",
  hive({ cells, findings, isComplete }) {
    if (!isComplete()) return; // the reference may be in what could not be walked
    for (const { cell, size } of cells.unmet()) findings.add(toFile(cell), { code: "cell-leaked", size });
  },
};
