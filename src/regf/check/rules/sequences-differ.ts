/** Only a hive that was accepted although it was dirty can have such: without that, it is refused or recovered. */
import { BASE_BLOCK_HEADER } from "../../format/base-block.ts";
import { fileOffset } from "../../format/offsets.ts";
import { sequencesDiffer } from "../../problems/sequences-differ.ts";
import { rule } from "../rule.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

export const sequencesDifferRule = rule(sequencesDiffer, ({ hive }, report) => ({
  hive() {
    if (!hive.recovery.acceptedDirty) return;
    const primarySequence = BASE.primarySequence.get(hive.baseBlock, 0);
    const secondarySequence = BASE.secondarySequence.get(hive.baseBlock, 0);
    if (primarySequence === secondarySequence) return;
    report(fileOffset(BASE.primarySequence.offset), { primarySequence, secondarySequence });
  },
}));
