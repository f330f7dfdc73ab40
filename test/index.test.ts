/** What the library exports, by name: a new one is public, and a lost one breaks somebody. */
import { expect, test } from "vitest";
import * as library from "../src/index.ts";

/** Append-only: what is once exported stays. */
const EXPORTS = [
  "CommitError",
  "DEFAULT_PLAN_OPTIONS",
  "EMPTY_LOG",
  "EXIT_CODES",
  "EditError",
  "FIRST_BIN_STAMP",
  "FORCE_NAMES",
  "Failure",
  "HIVE_BINS_START",
  "Hive",
  "HiveError",
  "Key",
  "MAX_HIVE_BINS_SIZE",
  "MemoryStorage",
  "SEVERITIES",
  "StorageError",
  "THIS_MACHINE",
  "VERSION",
  "Value",
  "applyAuto",
  "applyImage",
  "buildHive",
  "canBeLeftBy",
  "captureImage",
  "captureLive",
  "captureProfile",
  "checkHive",
  "checkImage",
  "commitHive",
  "describe",
  "editHive",
  "editProfile",
  "findImages",
  "formatFirstBoot",
  "formatInventory",
  "formatPlan",
  "formatProfile",
  "formerFiles",
  "hiveBytes",
  "hostOf",
  "inspectImage",
  "listProfile",
  "listVolumes",
  "matchAdapters",
  "openFile",
  "openHive",
  "parseFirstBoot",
  "parseFirstBootResult",
  "parseInventory",
  "parsePlan",
  "parseProfile",
  "planImage",
  "planMoves",
  "readSoftwareFacts",
  "readWindows",
  "recoverHive",
  "recoveryOfUnopenable",
  "replayEffect",
  "restoreHive",
  "takeInventory",
  "undoImage",
  "verifyImage",
];

test("the library exports exactly this", () => {
  expect(Object.keys(library).sort()).toEqual([...EXPORTS].sort());
});

test("a hive can be built, edited and read with what is exported", () => {
  const { buildHive, editHive, hiveBytes, MemoryStorage, openHive, checkHive } = library;
  const built = buildHive({ minor: 5 });
  const edit = editHive(built);
  edit.createKey("Software\\Example");
  edit.setValue("Software\\Example", "Answer", 4, new Uint8Array([42, 0, 0, 0]));
  const hive = openHive({ primary: new MemoryStorage("example", hiveBytes(built)), logs: [] });
  expect(hive.root.open("software\\EXAMPLE")?.value("answer")?.data).toEqual(new Uint8Array([42, 0, 0, 0]));
  expect(checkHive(hive).problems).toEqual([]);
});
