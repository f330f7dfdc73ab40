/** Every rule, in the order in which they speak. What the bins and references need to be walked at all, the walk itself reports. */
import type { Rule } from "../rule.ts";
import { baseBlock } from "./base-block.ts";
import { classNames } from "./class-names.ts";
import { counts } from "./counts.ts";
import { hints } from "./hints.ts";
import { keyNames } from "./key-names.ts";
import { keySizes } from "./key-sizes.ts";
import { leakedCells } from "./leaked-cells.ts";
import { listKinds } from "./list-kinds.ts";
import { parents } from "./parents.ts";
import { rootFlags } from "./root-flags.ts";
import { securityCounts } from "./security-counts.ts";
import { securityLinks } from "./security-links.ts";
import { subkeyHints } from "./subkey-hints.ts";
import { subkeyOrder } from "./subkey-order.ts";
import { valueData } from "./value-data.ts";
import { valueNames } from "./value-names.ts";

export const RULES: readonly Rule[] = [
  baseBlock,
  rootFlags,
  parents,
  keySizes,
  keyNames,
  classNames,
  counts,
  listKinds,
  subkeyOrder,
  subkeyHints,
  valueNames,
  valueData,
  hints,
  securityLinks,
  securityCounts,
  leakedCells,
];
