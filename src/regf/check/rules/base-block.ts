/** A hive that was accepted although it was dirty has a base block that does not tell the truth. */
import { BASE_BLOCK_HEADER, baseBlockChecksum } from "../../format/base-block.ts";
import { fileOffset } from "../../format/offsets.ts";
import type { Rule } from "../rule.ts";

const { fields: BASE } = BASE_BLOCK_HEADER;

export const baseBlock: Rule = {
  name: "base-block",
  hive({ hive, findings }) {
    if (!hive.recovery.acceptedDirty) return;
    const declared = BASE.checksum.get(hive.baseBlock, 0);
    const computed = baseBlockChecksum(hive.baseBlock);
    if (declared !== computed) {
      findings.add(fileOffset(BASE.checksum.offset), { code: "bad-checksum", declared, computed });
    }
    const primarySequence = BASE.primarySequence.get(hive.baseBlock, 0);
    const secondarySequence = BASE.secondarySequence.get(hive.baseBlock, 0);
    if (primarySequence !== secondarySequence) {
      const at = fileOffset(BASE.primarySequence.offset);
      findings.add(at, { code: "sequences-differ", primarySequence, secondarySequence });
    }
  },
};
