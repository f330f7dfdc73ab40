/** What check and inspect tell of a dirty hive: each log, what replaying changed, what is lost, and what forcing would lose. */
import { copyFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkImage } from "../../src/apply/check.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { cleanPrimary } from "../support/commit-scenarios.ts";
import { newFolder } from "../support/folders.ts";
import { withFlip } from "../support/log-states.ts";
import { copyOfRealHive, describeWithRealHives, realHive } from "../support/real-hives.ts";
import { openBytes, withBaseBlock } from "../support/sample-hive.ts";
import { incrementalEntry, incrementalLog } from "../support/sample-logs.ts";
import { editHive } from "../../src/regf/index.ts";
import { imageOptions, SILENT } from "./support.ts";

const check = (hive: string, force: Parameters<typeof imageOptions>[1] = []) =>
  checkImage(imageOptions(hive, force), SILENT);

/** A hive and a log beside it whose entries are the changed pages of one edit each; the file still holds the state before them. */
function dirtyHive(edits: readonly ((edit: ReturnType<typeof editHive>) => void)[], damage = (log: Uint8Array) => log) {
  const clean = cleanPrimary();
  const hive = openBytes(clean);
  const edit = editHive(hive, { now: 5n });
  const primary = withBaseBlock(clean, { primarySequence: 101, secondarySequence: 100 });
  const entries = edits.map((change, index) => {
    change(edit);
    const pages = hive.bins.editedPages().map((page) => ({ offset: page * 4096, bytes: hive.bins.page(page).slice() }));
    return incrementalEntry({ sequence: 100 + index, hiveBinsSize: hive.bins.sizeBytes, pages });
  });
  const file = join(newFolder(), "SYSTEM");
  writeFileSync(file, primary);
  writeFileSync(`${file}.LOG1`, damage(incrementalLog(primary, 100, entries)));
  return file;
}

const EDITS = [
  (edit: ReturnType<typeof editHive>) => {
    edit.createKey("New\\Below");
    edit.setValue("New\\Below", "first", 1, new Uint8Array(2));
    edit.setValue("Key 03", "value", 4, new Uint8Array(4));
  },
  (edit: ReturnType<typeof editHive>) => {
    edit.deleteKey("Key 10");
    edit.deleteValue("Key 11", "value");
    edit.setValue("Key 12", "", 1, new Uint8Array(6));
  },
];

test("what replaying changes is told as keys and values", () => {
  const { hive, exitCode, warnings } = check(dirtyHive(EDITS));
  expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
  expect(hive).toMatchObject({
    dirty: true,
    sequences: { primary: 101, secondary: 100 },
    logs: [
      { name: "SYSTEM.LOG1", replayed: 2, state: "HvLE, 2 entries (100 to 101); replayed", reason: null, lost: null },
    ],
  });
  expect(hive?.replay).toMatchObject({ entries: 2, firstSequence: 100, lastSequence: 101, notCompared: null });
  expect(hive?.replay?.difference).toEqual({
    keysAdded: 2,
    keysRemoved: 1,
    valuesAdded: 2,
    valuesRemoved: 2,
    valuesChanged: 1,
    listed: expect.arrayContaining([
      { kind: "key-added", key: "New" },
      { kind: "key-removed", key: "Key 10" },
      { kind: "value-added", key: "Key 12", name: "" },
      { kind: "value-removed", key: "Key 11", name: "value" },
      { kind: "value-changed", key: "Key 03", name: "value" },
    ]),
  });
  expect(hive?.replay?.difference?.listed).toHaveLength(5);
});

test("an entry that is damaged, and those behind it that are lost, are named", () => {
  const file = dirtyHive([...EDITS, ...EDITS.slice(0, 1)], (log) => {
    const size = new DataView(log.buffer, log.byteOffset).getUint32(512 + 4, true);
    return withFlip(log, 512 + size + 1000, 0);
  });
  const { hive, warnings } = check(file);
  expect(hive?.logs).toMatchObject([
    {
      broken: { sequence: 101, damage: "pages" },
      stranded: { entries: 1, firstSequence: 102, lastSequence: 102 },
      lost: { entries: 1, firstSequence: 102, lastSequence: 102 },
      state: expect.stringMatching(
        /^HvLE, 1 entry \(100\); replayed; then entry 101 at byte \d+ is not whole \(the hash of its pages is wrong\); 1 entry \(102\) that nothing sound leads to$/,
      ),
    },
  ]);
  expect(warnings).toEqual([{ code: "log-entries-lost", message: expect.stringContaining("1 entry (102)") }]);
});

test("a hive of which only one log came along, and that one begins later, is told to lack something", () => {
  const file = dirtyHive(EDITS);
  writeFileSync(file, withBaseBlock(cleanPrimary(), { primarySequence: 91, secondarySequence: 90 }));
  const { warnings } = check(file);
  expect(warnings).toEqual([{ code: "log-gap", message: expect.stringContaining("begins with entry 100") }]);
  expect(warnings[0]?.message).toContain("only up to 90");
});

test("without its logs: 23, and what forcing would take and lose", () => {
  const file = dirtyHive(EDITS, (log) => withFlip(log, 300, 1));
  const { hive, forcing, exitCode, problems } = check(file);
  expect(exitCode).toBe(23);
  expect(problems).toMatchObject([{ code: "dirty-without-logs" }]);
  expect(hive).toMatchObject({
    version: "1.5",
    replay: null,
    logs: [
      {
        kind: null,
        stranded: { entries: 2, firstSequence: 100, lastSequence: 101 },
        lost: { entries: 2 },
        reason: "cannot be used: the checksum of its base block is wrong",
      },
    ],
  });
  expect(forcing?.counts).toEqual({ keys: 61, values: 60, fatal: 0, warnings: 0 });
  expect(forcing?.loses).toEqual([
    "SYSTEM.LOG1 holds 2 entries (100 to 101) which the hive lacks: it cannot be used: the checksum of its base block is wrong",
    expect.stringContaining("old and new pages may stand side by side"),
    "As it stands the hive has 61 keys and 60 values; the check of it finds nothing wrong",
  ]);
  const forced = check(file, ["dirty"]);
  expect(forced).toMatchObject({ exitCode: 0, forcing: null, counts: { keys: 61, values: 60 } });
  expect(forced.warnings).toEqual([
    { code: "forced-dirty", message: expect.stringContaining("2 entries (100 to 101)") },
  ]);
});

test("a clean hive's logs are told as well, and that nothing is read from them", () => {
  const file = dirtyHive(EDITS);
  writeFileSync(file, cleanPrimary());
  const { hive } = check(file);
  expect(hive).toMatchObject({ dirty: false, replay: null, logs: [{ replayed: 0, entries: 2, lastSequence: 101 }] });
  expect(hive?.logs[0]?.state).toBe("HvLE, 2 entries (100 to 101); the hive is clean, so that Windows ignores it");
});

describeWithRealHives("of Windows", () => {
  test("usrclass: the two logs, and 14 entries' worth of keys and values", () => {
    const { hive } = check(realHive("dirty/usrclass/UsrClass.dat"));
    expect(hive?.logs.map(({ state }) => state)).toEqual([
      "HvLE, 4 entries (287 to 290); replayed",
      "HvLE, 10 entries (291 to 300); replayed",
    ]);
    expect(hive?.replay).toMatchObject({
      entries: 14,
      pages: 691,
      pagesChanged: 44,
      difference: { keysAdded: 33, keysRemoved: 0, valuesAdded: 162, valuesRemoved: 0, valuesChanged: 21 },
    });
  });

  test("transactions_ntuser: its stale log is told to be older", () => {
    const { hive } = check(realHive("dirty/transactions_ntuser/NTUSER.DAT"));
    expect(hive?.logs[1]).toMatchObject({ replayed: 0, reason: "is older than the hive (562 before 566)", lost: null });
  });

  test("BadBaseBlockHive: the file alone cannot be read, so that there is nothing to compare with", () => {
    const { hive } = check(realHive("dirty/BadBaseBlockHive/BadBaseBlockHive"));
    expect(hive?.replay).toMatchObject({ difference: null, notCompared: expect.stringContaining("Version 1.1") });
  });

  test("BadLogHive3: the entries of both logs are known, and what the hive is without them", () => {
    const { forcing } = check(realHive("dirty/BadLogHive3/BadLogHive"));
    expect(forcing?.loses[1]).toContain("BadLogHive.LOG2 holds 3 entries (3 to 5)");
    expect(forcing?.counts).toMatchObject({ keys: 5, values: 2, fatal: 0, warnings: 4 });
  });

  test("TruncatedDirtyHive: not even forcing helps, and that is said", () => {
    const { forcing, exitCode } = check(realHive("odd/TruncatedDirtyHive"));
    expect(exitCode).toBe(23);
    expect(forcing).toEqual({ counts: null, loses: expect.arrayContaining([expect.stringContaining("truncated")]) });
    expect(check(realHive("odd/TruncatedDirtyHive"), ["dirty"])).toMatchObject({ exitCode: 23, forcing: null });
  });

  test.each(["win81-x64-virtualbox-dirty.hiv", "win10-1903-vmware-dirty.hiv"])(
    "%s: no logs; inspect refuses it, and forced says what that means",
    (name) => {
      const hive = realHive(`system/${name}`);
      const { forcing } = check(hive);
      expect(forcing?.counts).toMatchObject({ fatal: 0 });
      expect(forcing?.loses[0]).toMatch(/^No log is beside the hive/);
      expect(() => inspectImage(imageOptions(hive), SILENT)).toThrow("no log can complete it: there are none");
      const { warnings } = inspectImage(imageOptions(hive, ["dirty"]), SILENT);
      const told = warnings.find(({ code }) => code === "forced-dirty")?.message;
      expect(told).toContain(`As it stands the hive has ${forcing?.counts?.keys} keys`);
    },
  );

  test("a log of the old kind with something behind its pages is used, one that is cut is not", () => {
    const folder = copyOfRealHive("dirty/OldDirtyHive");
    const log = join(folder, "OldDirtyHive.LOG1");
    copyFileSync(realHive("odd/OldLogWithRemnantData"), log);
    expect(check(join(folder, "OldDirtyHive"))).toMatchObject({ exitCode: 0, hive: { logs: [{ replayed: 1 }] } });
    truncateSync(log, 33_791);
    expect(check(join(folder, "OldDirtyHive"))).toMatchObject({
      exitCode: 23,
      hive: { logs: [{ reason: "cannot be used: it has 33791 of 33792 bytes" }] },
      forcing: { loses: expect.arrayContaining([expect.stringContaining("what it holds is not in the hive")]) },
    });
  });
});
