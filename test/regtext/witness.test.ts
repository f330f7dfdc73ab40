/** What we write as .reg text is read alike by another program, and a whole real hive survives the way through text. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { fixtureHive } from "../../scripts/fixtures.ts";
import { buildHive, hiveBytes, type Key, openHive } from "../../src/regf/index.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import { regEntriesOf } from "../../src/regtext/from-key.ts";
import { parseRegText } from "../../src/regtext/parse.ts";
import { openFile } from "../../src/storage/file.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import { dumpOf, hivexDump, ourDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import { describeWithRealHives, realHive } from "../support/real-hives.ts";
import { describeWithTools, runTool } from "../support/tools.ts";

const PREFIX = "HKEY_LOCAL_MACHINE\\SYSTEM";

function rootOf(bytes: Uint8Array): Key {
  return openHive({ primary: new MemoryStorage("a hive", bytes), logs: [] }).root;
}

describeWithTools("hivexregedit", ["hivexregedit"], () => {
  test("merges our text into an empty hive, which then holds what the text was made of", () => {
    const { root } = phonyImage("moved-windows-xp");
    const [regPath, hivePath] = [join(root, "all.reg"), join(root, "empty")];
    const original = rootOf(fixtureHive("moved-windows-xp"));
    writeFileSync(regPath, formatRegText(regEntriesOf(original, PREFIX)));
    writeFileSync(hivePath, hiveBytes(buildHive({ minor: 5, name: "empty" })));
    const merge = runTool("hivexregedit", ["--merge", "--prefix", PREFIX, hivePath, regPath], {
      cwd: dirname(hivePath),
    });
    expect([merge.status, merge.stderr.toString()]).toEqual([0, ""]);
    expect(hivexDump(hivePath)).toEqual(ourDump(original));
  });
});

describeWithRealHives("a real hive", () => {
  test.each(["system/xp-sp3-dell.hiv", "system/win7-sp1-x86-esx.hiv"])("%s comes back from text whole", (name) => {
    const file = openFile(realHive(name), "read");
    const entries = [...regEntriesOf(openHive({ primary: file, logs: [] }).root, PREFIX)];
    file.close();
    const written = dumpOf(entries);
    expect(written.values.length).toBeGreaterThan(20_000);
    expect(dumpOf(parseRegText(formatRegText(entries)).entries)).toEqual(written);
  });
});
