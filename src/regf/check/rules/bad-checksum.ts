/** Only a hive that was accepted although it was dirty can have one: without that, such a hive is refused or recovered. */
import { BASE_BLOCK_HEADER, baseBlockChecksum } from "../../format/base-block.ts";
import { fileOffset } from "../../format/offsets.ts";
import { badChecksum } from "../../problems/bad-checksum.ts";
import { rule } from "../rule.ts";

export const badChecksumRule = rule(badChecksum, ({ hive }, report) => ({
  hive() {
    if (!hive.recovery.acceptedDirty) return;
    const { checksum } = BASE_BLOCK_HEADER.fields;
    const declared = checksum.get(hive.baseBlock, 0);
    const computed = baseBlockChecksum(hive.baseBlock);
    if (declared !== computed) report(fileOffset(checksum.offset), { declared, computed });
  },
}));
