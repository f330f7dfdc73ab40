/** Every kind of problem there is, one file for each, named as its code. Codes leave the program: they are added to, never renamed. */
// The file as a whole
export { emptyFile } from "./empty-file.ts";
export { notAHive } from "./not-a-hive.ts";
export { shortFile } from "./short-file.ts";
export { isALog } from "./is-a-log.ts";
export { unsupportedVersion } from "./unsupported-version.ts";
export { unsupportedBaseBlock } from "./unsupported-base-block.ts";
export { badBinsSize } from "./bad-bins-size.ts";
export { truncated } from "./truncated.ts";
export { dirtyWithoutLogs } from "./dirty-without-logs.ts";
export { badChecksum } from "./bad-checksum.ts";
export { sequencesDiffer } from "./sequences-differ.ts";
// Any structure
export { badSignature } from "./bad-signature.ts";
// Bins and cells
export { badBinOffset } from "./bad-bin-offset.ts";
export { badBinSize } from "./bad-bin-size.ts";
export { badCellSize } from "./bad-cell-size.ts";
export { adjacentFreeCells } from "./adjacent-free-cells.ts";
export { cellLeaked } from "./cell-leaked.ts";
// References to cells
export { cellMissing } from "./cell-missing.ts";
export { cellOutsideBins } from "./cell-outside-bins.ts";
export { cellMisplaced } from "./cell-misplaced.ts";
export { cellFree } from "./cell-free.ts";
export { cellShared } from "./cell-shared.ts";
export { cellTooSmall } from "./cell-too-small.ts";
// Keys
export { keyTooLarge } from "./key-too-large.ts";
export { keyTooDeep } from "./key-too-deep.ts";
export { badName } from "./bad-name.ts";
export { nameNotCompressed } from "./name-not-compressed.ts";
export { backslashInName } from "./backslash-in-name.ts";
export { wrongParent } from "./wrong-parent.ts";
export { badRootFlags } from "./bad-root-flags.ts";
export { rootFlagBelowRoot } from "./root-flag-below-root.ts";
export { unusualKeyFlags } from "./unusual-key-flags.ts";
export { classMissing } from "./class-missing.ts";
export { oddClassSize } from "./odd-class-size.ts";
export { unusedReference } from "./unused-reference.ts";
// Subkey lists
export { countDisagrees } from "./count-disagrees.ts";
export { emptyList } from "./empty-list.ts";
export { nestedList } from "./nested-list.ts";
export { unusualList } from "./unusual-list.ts";
export { leafTooLarge } from "./leaf-too-large.ts";
export { wrongOrder } from "./wrong-order.ts";
export { duplicateName } from "./duplicate-name.ts";
export { wrongHash } from "./wrong-hash.ts";
// Values
export { unusualValueFlags } from "./unusual-value-flags.ts";
export { badInlineSize } from "./bad-inline-size.ts";
export { smallDataNotInline } from "./small-data-not-inline.ts";
export { zeroSizeNotInline } from "./zero-size-not-inline.ts";
export { dataTooLarge } from "./data-too-large.ts";
export { badSegmentCount } from "./bad-segment-count.ts";
export { unusualSegmentSize } from "./unusual-segment-size.ts";
// Security descriptors
export { badDescriptorSize } from "./bad-descriptor-size.ts";
export { badDescriptor } from "./bad-descriptor.ts";
export { descriptorWithoutOwner } from "./descriptor-without-owner.ts";
export { descriptorRepeated } from "./descriptor-repeated.ts";
export { securityRingBroken } from "./security-ring-broken.ts";
export { securityOutsideRing } from "./security-outside-ring.ts";
export { securityCountTooLow } from "./security-count-too-low.ts";
export { securityCountTooHigh } from "./security-count-too-high.ts";
export { securityUnused } from "./security-unused.ts";
// Hints
export { hintTooLow } from "./hint-too-low.ts";
