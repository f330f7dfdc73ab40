/** Hives that another editor left: with warnings they are edited, get no new ones and are read by everybody; with a fatal problem they are refused, with its place. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  checkHive,
  editHive,
  HiveError,
  type Key,
  type LogFormat,
  openHive,
  type Problem,
} from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { commitOn, type Edit, filesOf, PRIMARY } from "../../support/commit-scenarios.ts";
import { bytesOf } from "../../support/edit-actions.ts";
import { newFolder } from "../../support/folders.ts";
import { hivexDump, ourDump } from "../../support/hivex-export.ts";
import { copyOfRealHive, describeWithRealHives } from "../../support/real-hives.ts";
import { describeWithTools, runTool } from "../../support/tools.ts";

const PREFIX = "HKEY_LOCAL_MACHINE\\SYSTEM";
const SERVICES = "ControlSet001\\Services";
const PARAMETERS = `${SERVICES}\\Tcpip\\Parameters`;

const HIVES: readonly (readonly [string, LogFormat])[] = [
  ["system/win10-21h2-vmware.hiv", "HvLE"],
  ["system/xp-sp3-dell.hiv", "DIRT-XP"],
];

type Editor = (hive: string) => void;

/** Sets values three times, so that data is freed, and deletes a key with values: hivex frees without joining. */
const hivexsh: Editor = (hive) =>
  run("hivexsh", hive, [
    `cd \\${PARAMETERS}`,
    ...["add Other", "cd Other", "setval 2", "Address", "string:10.1.2.3", "Mask", "string:255.255.0.0"],
    ...["setval 2", "Address", "string:10.1.2.30", "Mask", "string:255.255.255.0", "setval 1", "Long"],
    `string:${"a longer one ".repeat(10)}`,
    `cd \\${PARAMETERS}`,
    ...["add Gone", "cd Gone", "setval 1", "Text", "string:gone", "del", "commit"],
  ]);

/** As virt-v2v does it, twice. */
const hivexregedit: Editor = (hive) => {
  const text = regText(`${SERVICES}\\Other`, [
    '"Text"="a text"',
    '"Number"=dword:00000001',
    '"Blob"=hex:01,02,03,04,05',
  ]);
  for (let times = 0; times < 2; times++) merge(hive, text);
};

/** Values of keys that are there, with longer names and data than those had. */
const regedValues: Editor = (hive) =>
  importWithReged(
    hive,
    regText("Select", ['"A much longer name than the others"="a text"', '"Current"=dword:00000001']),
  );

/** A key: it uses its parent's security descriptor, which is not told. */
const regedKey: Editor = (hive) => importWithReged(hive, regText(`${PARAMETERS}\\Other`, ['"Address"="10.1.2.3"']));

const hivexNames: Editor = (hive) => run("hivexsh", hive, ["cd \\", "add Schlüssel", "commit"]);

const hivexBigData: Editor = (hive) =>
  merge(hive, regText("Select", [`"Big"=hex:${Array.from({ length: 20_000 }, () => "41").join(",")}`]));

const WARNINGS: readonly (readonly [string, Editor, codes: readonly string[]])[] = [
  ["hivexsh", hivexsh, ["adjacent-free-cells"]],
  ["hivexregedit --merge", hivexregedit, ["adjacent-free-cells"]],
  ["reged -I of values", regedValues, ["hint-too-low"]],
];

const FATAL: readonly (readonly [string, Editor, code: string, sentence: RegExp])[] = [
  [
    "reged -I of a key",
    regedKey,
    "security-count-too-low",
    /^A security descriptor's count of keys that use it is \d+/,
  ],
  ["hivexsh's key that is not ASCII", hivexNames, "wrong-hash", /for the subkey "Schlüssel" instead of 0x/],
  ["hivexregedit's data of 20,000 bytes", hivexBigData, "bad-signature", /^A big data should begin with "db"/],
];

/** Where the others were, and elsewhere: new keys and values, overwriting, deleting what they made. */
const ourEdit: Edit = (it) => {
  it.createKey(`${PARAMETERS}\\Ours\\Below`);
  it.setValue(`${PARAMETERS}\\Ours`, "Address", 1, bytesOf(30, 1));
  it.setValue(`${PARAMETERS}\\Ours\\Below`, "Big", 3, bytesOf(20_000, 2));
  it.setValue("Select", "A name that is longer than any other in this key", 1, bytesOf(100, 3));
  it.setValue(`${PARAMETERS}\\Ours`, "Address", 1, bytesOf(300, 4));
  it.deleteValue("Select", "A name that is longer than any other in this key");
  it.deleteKey(`${PARAMETERS}\\Ours\\Below`);
};

function openBytes(bytes: Uint8Array) {
  return openHive({ primary: new MemoryStorage(PRIMARY, bytes), logs: [] });
}

function countsByCode(problems: readonly Problem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function leftBy(editor: Editor, name: string): Uint8Array {
  const path = copyOfRealHive(name);
  editor(path);
  return new Uint8Array(readFileSync(path));
}

/** Below the key that was edited: the whole hives, after edits of ours, are witnessed in test/regf/edit/witness.test.ts. */
function expectWitnessed(bytes: Uint8Array): void {
  const folder = newFolder();
  const file = join(folder, "edited.hiv");
  writeFileSync(file, bytes);
  const ours = ourDump(openBytes(bytes).root.open(PARAMETERS) as Key);
  const theirs = hivexDump(file, `\\${PARAMETERS}`);
  expect(theirs).toEqual(ours);
  const path = `/${PARAMETERS.replaceAll("\\", "/")}`;
  expect(runTool("reglookup", ["-p", path, file]).stdout.toString()).toContain(`${path}/Ours/Address,SZ,`);
  const exported = join(folder, "reged.reg");
  runTool("reged", ["-x", file, PREFIX, `\\${PARAMETERS}`, exported]);
  expect(readFileSync(exported, "latin1")).toContain(`${PARAMETERS}\\Ours]`);
}

describeWithTools("hives that others edited", ["hivexsh", "hivexregedit", "reged", "reglookup"], () => {
  describeWithRealHives("copies of real hives", () => {
    describe.each(HIVES)("%s", (name, format) => {
      test.each(WARNINGS)("%s leaves warnings: it is edited, and gets no new ones", (_what, editor, codes) => {
        const bytes = leftBy(editor, name);
        const before = countsByCode(checkHive(openBytes(bytes)).problems);
        expect(Object.keys(before)).toEqual(codes);
        const { disk, report } = commitOn(new Map([[PRIMARY, bytes]]), format, ourEdit);
        expect(report.written).toBe(true);
        const after = countsByCode(checkHive(openHive(filesOf(disk))).problems);
        for (const [code, count] of Object.entries(after)) {
          expect({ code, count }).toEqual({ code, count: Math.min(count, before[code] ?? 0) });
        }
        expectWitnessed(disk.images().get(PRIMARY) as Uint8Array);
      });

      test.each(FATAL)("%s is fatal: refused, with its place", (_what, editor, code, sentence) => {
        const hive = openBytes(leftBy(editor, name));
        const found = checkHive(hive).problems.find(({ severity }) => severity === "fatal");
        const refused = thrownBy(() => editHive(hive));
        expect(refused.problem).toEqual(found);
        expect(refused.problem.code).toBe(code);
        expect(refused.problem.at).toBeGreaterThan(0x1000);
        expect(refused.message).toMatch(sentence);
      });
    });
  });
});

function thrownBy(run: () => unknown): HiveError {
  try {
    run();
  } catch (error) {
    if (error instanceof HiveError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

function regText(key: string, lines: readonly string[]): string {
  return ["Windows Registry Editor Version 5.00", "", `[${PREFIX}\\${key}]`, ...lines, ""].join("\n");
}

function run(tool: "hivexsh", hive: string, lines: readonly string[]): void {
  const { status, stderr } = runTool(tool, ["-w", hive], { input: `${lines.join("\n")}\n` });
  if (status !== 0) throw new Error(`${tool}: ${stderr.toString()}`);
}

function merge(hive: string, text: string): void {
  const file = join(newFolder(), "merge.reg");
  writeFileSync(file, text);
  const { status, stderr } = runTool("hivexregedit", ["--merge", "--prefix", PREFIX, hive, file]);
  if (status !== 0) throw new Error(`hivexregedit: ${stderr.toString()}`);
}

/** Its exit status 2 says that the hive was changed. */
function importWithReged(hive: string, text: string): void {
  const file = join(newFolder(), "import.reg");
  writeFileSync(file, text);
  const { status, stdout } = runTool("reged", ["-I", "-C", hive, PREFIX, file]);
  if (status !== 2) throw new Error(`reged: ${stdout.toString()}`);
}
