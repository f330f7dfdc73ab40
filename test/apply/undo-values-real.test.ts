/** `undo --values` on the real hive of Windows 7, after other programs have written to it: hivex reads exactly the difference that is meant. */
import { expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { checkImage } from "../../src/apply/check.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { writeFileIn, newFolder } from "../support/folders.ts";
import { hivexDump } from "../support/hivex-export.ts";
import { copyOfRealHive, describeWithRealHives } from "../support/real-hives.ts";
import { describeWithTools, runTool } from "../support/tools.ts";
import { INTERFACES, makeDhcp, PRODUCTION, WIN7 } from "./real-windows-7.ts";
import { applyOptions, imageOptions, ORPHANS, sha256, SILENT } from "./support.ts";
import { byValue, expectTakenBack, treeOf, windowsRan } from "./windows-ran.ts";

const TARGET = `ControlSet001\\${INTERFACES}\\${PRODUCTION}`;

/** What another program makes of the hive, which knows no logs. */
function merge(hive: string, ...lines: string[]): void {
  const text = ["Windows Registry Editor Version 5.00", "", ...lines, ""].join("\n");
  const { status, stderr } = runTool("hivexregedit", [
    "--merge",
    "--prefix",
    "HKEY_LOCAL_MACHINE\\SYSTEM",
    hive,
    writeFileIn(newFolder(), "merge.reg", text),
  ]);
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: "" });
}

describeWithTools("after another program", ["hivexregedit"], () => {
  describeWithRealHives("Windows 7, its ghost's address moved to the adapter of the new machine", () => {
    test("every change of the run is taken back, in both control sets, and nothing else", () => {
      const hive = copyOfRealHive(WIN7);
      makeDhcp(hive);
      const before = treeOf(hive);
      const { steps } = applyImage(applyOptions(hive, ORPHANS), SILENT);
      const applied = treeOf(hive);
      windowsRan(hive, "DIRT");
      merge(
        hive,
        "[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\OtherDriver]",
        '"Start"=dword:00000003',
        "",
        "[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control]",
        '"WaitToKillServiceTimeout"="5000"',
      );
      const now = treeOf(hive);
      const undone = undoImage(byValue(hive), SILENT);
      expect(undone).toMatchObject({ exitCode: 0, left: [], already: [] });
      expect(undone.steps).toHaveLength(steps.length);
      expectTakenBack(before, applied, now, hivexDump(hive));
      const { problems } = checkImage(imageOptions(hive), SILENT);
      expect(problems.filter(({ severity }) => severity === "fatal")).toEqual([]);
    });

    test("a name server that somebody has set since stays, in that control set", () => {
      const hive = copyOfRealHive(WIN7);
      makeDhcp(hive);
      const before = treeOf(hive);
      applyImage(applyOptions(hive, ORPHANS), SILENT);
      merge(hive, `[HKEY_LOCAL_MACHINE\\SYSTEM\\${TARGET}]`, '"NameServer"="9.9.9.9"');
      const now = sha256(hive);
      const { left, exitCode, undoReceipt } = undoImage(byValue(hive), SILENT);
      expect({ exitCode, left: left.map(({ key, name }) => [key, name]) }).toEqual({
        exitCode: 28,
        left: [[expect.stringMatching(new RegExp(`^${TARGET.replaceAll(/[\\\\{}]/g, "\\$&")}$`, "i")), "NameServer"]],
      });
      const end = treeOf(hive);
      expect(end.keys.join("\n") === before.keys.join("\n")).toBe(true);
      const former = new Set(before.values);
      const differing = end.values.filter((line) => !former.has(line));
      expect(differing.map((line) => line.toUpperCase())).toEqual([
        `${TARGET}|NameServer|1|${Buffer.from("9.9.9.9\0", "utf16le").toString("hex")}`.toUpperCase(),
      ]);
      const below = (lines: readonly string[]): string[] =>
        lines.filter((line) => line.toUpperCase().startsWith(`${TARGET.toUpperCase()}|`));
      expect(hivexDump(hive, `\\${TARGET}`).values.map((line) => line.toUpperCase())).toEqual(
        below(end.values).map((line) => line.toUpperCase()),
      );
      undoImage({ ...imageOptions(hive), receipt: undoReceipt ?? "" }, SILENT);
      expect(sha256(hive)).toBe(now);
    });
  });
});
