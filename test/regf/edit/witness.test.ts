/** Other people's programs read an edited hive as we do: hivex (every key and value), reglookup (keys, times), libregf (class names), reged (keys). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { isLatin1 } from "../../../src/bytes/utf16.ts";
import { buildHive, editHive, type Hive, hiveBytes, type Key, openHive } from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { actionsOn, perform, readableValueNames } from "../../support/edit-actions.ts";
import { Workload } from "../../support/edit-workload.ts";
import { HiveModel } from "../../support/hive-model.ts";
import { hivexDump, ourDump } from "../../support/hivex-export.ts";
import { Random, SEED } from "../../support/random.ts";
import { describeWithRealHives, realHive } from "../../support/real-hives.ts";
import { describeWithTools, runTool } from "../../support/tools.ts";
import { ourClassNames, regfexportClassNames } from "../../support/witness/regfexport.ts";
import { ourTimes, reglookupTimes } from "../../support/witness/reglookup.ts";

/** 2026-01-01: reglookup wants a time that it can print. */
const NOW = 134_116_992_000_000_000n;

function* paths(key: Key, path: string): Generator<string> {
  for (const subkey of key.subkeys()) {
    const below = path === "" ? subkey.name : `${path}\\${subkey.name}`;
    yield below;
    yield* paths(subkey, below);
  }
}

function edited(hive: Hive, path: fc.Arbitrary<string>, count: number): Hive {
  const edit = editHive(hive, { now: NOW });
  const model = HiveModel.of(hive.root);
  const actions = fc.sample(actionsOn(path, readableValueNames.filter(isLatin1)), { numRuns: count, seed: 11 });
  for (const it of actions) perform(it, edit, model);
  return hive;
}

/** reged aborts when a value's name is not Latin-1. */
function expectWitnessed(hive: Hive, others: "and reged" | "not reged"): void {
  const folder = mkdtempSync(join(tmpdir(), "pint-edited-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "edited.hiv");
  writeFileSync(file, hiveBytes(hive));
  const dump = ourDump(hive.root);
  // As booleans: a difference in 100,000 lines is not something to print.
  const witnessed = hivexDump(file);
  expect(witnessed.keys.join("\n") === dump.keys.join("\n")).toBe(true);
  expect(witnessed.values.join("\n") === dump.values.join("\n")).toBe(true);
  expect(reglookupTimes(file)).toEqual(ourTimes(hive.root));
  expect(regfexportClassNames(file)).toEqual(ourClassNames(hive.root));
  expect(dump.values.length).toBeGreaterThan(20);
  if (others === "not reged") return;
  const exported = join(folder, "reged.reg");
  runTool("reged", ["-x", file, "\\", "\\", exported]);
  // It leaves out keys whose names are not Latin-1, with all below them.
  const latin1 = dump.keys.filter((path) => isLatin1(path));
  expect(readFileSync(exported, "latin1").match(/^\[/gm)).toHaveLength(latin1.length);
}

describeWithTools("the witnesses", ["hivexregedit", "reglookup", "regfexport", "reged"], () => {
  describe.each([3, 5] as const)("of version 1.%i", (minor) => {
    test("a hive of many keys with long lists", () => {
      const hive = buildHive({ minor });
      const edit = editHive(hive, { now: NOW });
      for (let index = 0; index < 1100; index++)
        edit.createKey(`Many\\Key ${(index * 7919) % 1100} ${index % 3 === 0 ? "é" : "名"}`);
      for (let index = 0; index < 300; index++) edit.setValue("Many", `Value ${index}`, 1, new Uint8Array(index));
      // hivex and libregf read big data of version 1.5 only, where it is in segments.
      for (const size of minor === 5 ? [16_344, 16_345, 32_688, 32_689, 100_000] : []) {
        edit.createKey("Big");
        edit.setValue("Big", `${size}`, 3, new Uint8Array(size).fill(size));
      }
      expectWitnessed(hive, "and reged");
      for (const name of readableValueNames) edit.setValue("Many", name, 3, new Uint8Array(7).fill(1));
      expectWitnessed(hive, "not reged");
    });
  });

  describe.each([3, 5] as const)("a long run of edits of version 1.%i", (minor) => {
    test("at two of its stages", () => {
      const hive = buildHive({ minor });
      const edit = editHive(hive, { now: NOW });
      const model = new HiveModel();
      // hivex and libregf read data of more than 16344 bytes only where it is in segments.
      const options = { names: "printable", largest: minor === 5 ? 100_000 : 16_344, crowd: "Crowd" } as const;
      const workload = new Workload(new Random(SEED), model, options);
      for (let stage = 0; stage < 11; stage++) {
        for (const it of workload.nextStage()) perform(it, edit, model);
        if ([3, 10].includes(stage)) expectWitnessed(hive, "not reged");
      }
    });
  });

  describeWithRealHives("of real hives", () => {
    test.each(["system/win10-21h2-vmware.hiv", "system/xp-sp3-dell.hiv"])("%s", (name) => {
      const hive = openHive({ primary: new MemoryStorage(name, readFileSync(realHive(name))), logs: [] });
      const deep = [...paths(hive.root, "")].filter((path) => path.split("\\").length > 3);
      const beside = fc.tuple(fc.constantFrom(...deep), fc.constantFrom("New", "新しい", "é", "zz\\below"));
      const path = fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...deep) },
        beside.map((names) => names.join("\\")),
      );
      expectWitnessed(edited(hive, path, 300), "and reged");
    });
  });
});
