/** The whole cycle on edited copies of the real hives: an orphan and a new adapter are put in, and hivex reads what came of it. */
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Shape } from "../../scripts/fixtures/hardware.ts";
import type { LogFormat } from "../../src/regf/index.ts";
import { makeDhcp } from "../apply/real-windows-7.ts";
import { hivexDump } from "../support/hivex-export.ts";
import { copyOfRealHive, describeWithRealHives } from "../support/real-hives.ts";
import { describeWithTools } from "../support/tools.ts";
import { wholeCycle } from "./cycle.ts";
import { MOVED_ADAPTERS, putAdapters } from "./edit-real.ts";

interface RealHive {
  readonly file: string;
  readonly called: string;
  readonly shape: Shape;
  readonly logFormat: LogFormat;
  /** The last one is to the adapter that was put in; the one before it to the hive's own. */
  readonly moves: Readonly<Record<string, string>>;
}

const lanIn10 = (own: string): Readonly<Record<string, string>> => ({ "Ethernet 3": own, "Ethernet 5": "Ethernet 4" });

const REAL: readonly RealHive[] = [
  {
    file: "xp-sp3-dell",
    called: "XP",
    shape: "xp",
    logFormat: "DIRT-XP",
    moves: { "Local Area Connection 3": "Local Area Connection", "Local Area Connection 5": "Local Area Connection 4" },
  },
  {
    // Its own orphan and its own production adapter, and one of each put in.
    file: "win7-sp1-x86-esx",
    called: "7",
    shape: "7",
    logFormat: "DIRT",
    moves: {
      "Local Area Connection": "Local Area Connection 2",
      "Local Area Connection 5": "Local Area Connection 4",
    },
  },
  { file: "win81-x64-virtualbox-dirty", called: "8.1", shape: "8", logFormat: "HvLE", moves: lanIn10("Ethernet") },
  { file: "win10-1903-vmware-dirty", called: "10", shape: "10", logFormat: "HvLE", moves: lanIn10("Ethernet0") },
  { file: "win10-21h2-vmware", called: "10", shape: "10", logFormat: "HvLE", moves: lanIn10("Ethernet0") },
];

describeWithTools("edited copies of real hives", ["hivexregedit"], () => {
  describeWithRealHives("through the whole cycle", () => {
    test.each(REAL)("$file", ({ file, called, shape, logFormat, moves }) => {
      const hive = copyOfRealHive(`system/${file}.hiv`);
      const hasOrphan = file.startsWith("win7");
      if (hasOrphan) makeDhcp(hive);
      putAdapters(hive, hasOrphan ? MOVED_ADAPTERS.slice(1) : MOVED_ADAPTERS, shape, logFormat);
      const { before, moved, wrong } = wholeCycle(hive, hive, { moves, stays: [] });
      expect(wrong).toEqual([]);
      expect(before.windows.version).toBe(called);

      const witnessed = `${hive}.moved`;
      writeFileSync(witnessed, moved.hive);
      const { values } = hivexDump(witnessed, "\\ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces");
      const address = Buffer.from("10.77.0.5\0\0", "utf16le").toString("hex");
      const owners = values.filter((line) => line.endsWith(`|IPAddress|7|${address}`));
      expect(owners).toHaveLength(1);
      expect(owners[0]).toMatch(/\\?\{6F3D1004-/i);
    });
  });
});
