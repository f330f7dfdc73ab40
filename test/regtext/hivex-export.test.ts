/** The parser on large texts that another program wrote: hivexregedit's export of real hives. */
import { expect, test } from "vitest";
import { hivexDump } from "../support/hivex-export.ts";
import { describeWithRealHives, realHive } from "../support/real-hives.ts";
import { describeWithTools } from "../support/tools.ts";

describeWithTools("hivexregedit's exports are read whole", ["hivexregedit"], () => {
  describeWithRealHives("of real hives", () => {
    // Counted with grep: lines that start with "[" and lines that start with a quote or "@".
    test.each([
      ["system/win7-sp1-x86-esx.hiv", 30_756, 73_456],
      ["system/win10-21h2-vmware.hiv", 33_317, 74_454],
      ["system/xp-sp3-dell.hiv", 9_629, 26_819],
      ["odd/UnicodeHive", 3, 0],
    ])("%s", (name, keyCount, valueCount) => {
      const { keys, values } = hivexDump(realHive(name));
      expect({ keys: keys.length, values: values.length }).toEqual({ keys: keyCount, values: valueCount });
    });
  });
});
