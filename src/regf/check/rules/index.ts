/** Every rule, in the order in which they speak of one place. What stands in the way of walking the hive at all, the walk itself reports. */
import type { Rule } from "../rule.ts";
import { backslashInNameRule } from "./backslash-in-name.ts";
import { badChecksumRule } from "./bad-checksum.ts";
import { badDescriptorRule } from "./bad-descriptor.ts";
import { badInlineSizeRule } from "./bad-inline-size.ts";
import { badNameRule } from "./bad-name.ts";
import { badRootFlagsRule } from "./bad-root-flags.ts";
import { cellLeakedRule } from "./cell-leaked.ts";
import { classMissingRule } from "./class-missing.ts";
import { countDisagreesRule } from "./count-disagrees.ts";
import { descriptorRepeatedRule } from "./descriptor-repeated.ts";
import { descriptorWithoutOwnerRule } from "./descriptor-without-owner.ts";
import { duplicateNameRule } from "./duplicate-name.ts";
import { emptyListRule } from "./empty-list.ts";
import { hintTooLowRule } from "./hint-too-low.ts";
import { keyTooLargeRule } from "./key-too-large.ts";
import { leafTooLargeRule } from "./leaf-too-large.ts";
import { nameNotCompressedRule } from "./name-not-compressed.ts";
import { oddClassSizeRule } from "./odd-class-size.ts";
import { rootFlagBelowRootRule } from "./root-flag-below-root.ts";
import { securityCountTooHighRule } from "./security-count-too-high.ts";
import { securityCountTooLowRule } from "./security-count-too-low.ts";
import { securityRingBrokenRule } from "./security-ring-broken.ts";
import { securityUnusedRule } from "./security-unused.ts";
import { sequencesDifferRule } from "./sequences-differ.ts";
import { smallDataNotInlineRule } from "./small-data-not-inline.ts";
import { unusedReferenceRule } from "./unused-reference.ts";
import { unusualKeyFlagsRule } from "./unusual-key-flags.ts";
import { unusualListRule } from "./unusual-list.ts";
import { unusualSegmentSizeRule } from "./unusual-segment-size.ts";
import { unusualValueFlagsRule } from "./unusual-value-flags.ts";
import { wrongHashRule } from "./wrong-hash.ts";
import { wrongOrderRule } from "./wrong-order.ts";
import { wrongParentRule } from "./wrong-parent.ts";
import { zeroSizeNotInlineRule } from "./zero-size-not-inline.ts";

export const RULES: readonly Rule[] = [
  badChecksumRule,
  sequencesDifferRule,
  badRootFlagsRule,
  rootFlagBelowRootRule,
  unusualKeyFlagsRule,
  wrongParentRule,
  keyTooLargeRule,
  badNameRule,
  nameNotCompressedRule,
  backslashInNameRule,
  classMissingRule,
  oddClassSizeRule,
  unusedReferenceRule,
  countDisagreesRule,
  emptyListRule,
  unusualListRule,
  leafTooLargeRule,
  wrongOrderRule,
  duplicateNameRule,
  wrongHashRule,
  unusualValueFlagsRule,
  badInlineSizeRule,
  smallDataNotInlineRule,
  zeroSizeNotInlineRule,
  unusualSegmentSizeRule,
  hintTooLowRule,
  badDescriptorRule,
  descriptorWithoutOwnerRule,
  descriptorRepeatedRule,
  securityRingBrokenRule,
  securityCountTooLowRule,
  securityCountTooHighRule,
  securityUnusedRule,
  cellLeakedRule,
];
