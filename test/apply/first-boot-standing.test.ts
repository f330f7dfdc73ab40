/** What of a first boot can be counted on: protected files at every moment, a service that will begin, and what a cut start has begun to write. */
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { formatFirstBootChanges } from "../../src/firstboot/changes.ts";
import type { Host } from "../../src/image/host.ts";
import type { Change } from "../../src/windows/model/change.ts";
import { failureOf } from "../support/failures.ts";
import { keepingLists } from "../support/first-boot.ts";
import { writeFileIn } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { apply, codes, documentFile, FOLDER, looking, options, service, useFinisher } from "./first-boot-runs.ts";
import { dword, editOnDisk, NOW, readHive, SILENT } from "./support.ts";

useFinisher();

const later = (minutes: number) => new Date(NOW.getTime() + 60_000 * minutes);
const SERVICE = "ControlSet001\\Services\\pint-first-boot";
const problemsOf = (root: string, host: Host = looking(root).host) =>
  inspectImage({ ...looking(root), host }, SILENT).firstBoot?.problems;
const plain = (root: string) => applyImage({ ...options(root, "pending-10"), firstBoot: undefined }, SILENT);

describe("the files of a registered service", () => {
  test("a second run that fails does not touch them; one that is put there anew is closed while it is empty", () => {
    const { root } = phonyImage("pending-10");
    const keeper = keepingLists();
    apply(root, "pending-10", { host: keeper.host });
    const program = join(root, FOLDER, "pint.exe");
    const { ino } = statSync(program);
    rmSync(join(root, "Windows/PINT/receipts"), { recursive: true });
    writeFileSync(join(root, "Windows/PINT/receipts"), "");
    const asked = { host: keeper.host, pairing: { rename: true }, now: later(1) };
    expect(failureOf(() => apply(root, "pending-10", asked))).toMatchObject({ exitCode: 29 });
    expect(statSync(program).ino).toBe(ino);
    expect(problemsOf(root, keeper.host)).toEqual([]);
    rmSync(join(root, FOLDER, "nssm.exe"));
    const sizes: number[] = [];
    const execute: Host["machine"]["execute"] = (name, args, timeoutMs) => {
      if (args.at(-1)?.endsWith(".new") === true) sizes.push(statSync(args.at(-1) ?? "").size);
      return keeper.host.machine.execute(name, args, timeoutMs);
    };
    apply(root, "pending-10", { host: { ...keeper.host, machine: { ...keeper.host.machine, execute } } });
    expect(sizes).toEqual([0]);
  });

  test("that others may write to are a problem wherever lists can be read", () => {
    const { root } = phonyImage("pending-10");
    apply(root, "pending-10");
    const open = keepingLists().host; // which has not heard of what was set
    expect(problemsOf(root, open)).toEqual(
      Array(4).fill(expect.stringMatching(/^others than administrators may write to .*first-boot/)),
    );
    expect(verifyImage({ ...looking(root), host: open }, SILENT).exitCode).toBe(28);
    expect(problemsOf(root)).toEqual([]);
  });

  test("stay with the service that an undo goes back to, and what is half written goes", () => {
    const { root, hive } = phonyImage("pending-10");
    const first = apply(root, "pending-10");
    writeFileSync(documentFile(root, first), "{}"); // somebody alters it
    apply(root, "pending-10", { now: later(1) });
    writeFileIn(root, `${FOLDER}/pint.exe.0123abcd.new`, "x");
    expect(undoImage(looking(root), SILENT)).toMatchObject({ exitCode: 0 });
    expect(service(hive)).toBeDefined();
    expect(readdirSync(join(root, FOLDER)).sort()).toEqual([`${first.firstBoot?.id}.json`, "nssm.exe", "pint.exe"]);
  });

  test("what stays in the folder of a service that is gone is named", () => {
    const { root } = phonyImage("pending-10");
    apply(root, "pending-10");
    writeFileIn(root, `${FOLDER}/notes.txt`, "x");
    const undone = undoImage(looking(root), SILENT);
    expect(undone.warnings.find(({ code }) => code === "first-boot-file-left")?.message).toContain("notes.txt");
  });
});

describe("a service that will not begin arranges nothing", () => {
  test.each([
    [
      "disabled",
      (hive: string) => editOnDisk(hive, (edit) => edit.setValue(SERVICE, "Start", 4, dword(4))),
      "disabled",
    ],
    [
      "used up",
      (hive: string) => editOnDisk(hive, (edit) => edit.setValue(`${SERVICE}\\Parameters`, "Attempts", 4, dword(5))),
      "5 starts of Windows are used up",
    ],
  ] as const)("%s", (_, change, problem) => {
    const { root, hive } = phonyImage("pending-10");
    apply(root, "pending-10");
    change(hive);
    expect(problemsOf(root)).toEqual([expect.stringContaining(problem)]);
    expect(plain(root)).toMatchObject({ exitCode: 26, sources: [{ outcome: "pending" }] });
    expect(apply(root, "pending-10", { now: later(1) })).toMatchObject({ exitCode: 27, written: true });
    expect(problemsOf(root)).toEqual([]);
  });

  test("without its wrapper", () => {
    const { root } = phonyImage("pending-10");
    apply(root, "pending-10");
    rmSync(join(root, FOLDER, "nssm.exe"));
    expect(plain(root)).toMatchObject({ exitCode: 26, sources: [{ outcome: "pending" }] });
  });
});

test("the starts that a second arrangement has used are not the first one's", () => {
  const { root, hive } = phonyImage("pending-10");
  const attempts = (made: number) =>
    editOnDisk(hive, (edit) => edit.setValue(`${SERVICE}\\Parameters`, "Attempts", 4, dword(made)));
  apply(root, "pending-10");
  attempts(2);
  apply(root, "pending-10", { pairing: { rename: true }, now: later(1) });
  attempts(5);
  const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: later(2) } }, SILENT);
  expect(undone).toMatchObject({ exitCode: 0, left: [] });
  expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({ state: "arranged", attempts: { made: 2 } });
});

test("a service that the finisher has disabled is taken out like any other", () => {
  const { root, hive } = phonyImage("pending-10");
  apply(root, "pending-10");
  editOnDisk(hive, (edit) => edit.setValue(SERVICE, "Start", 4, dword(4)));
  const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: later(1) } }, SILENT);
  expect(undone).toMatchObject({ exitCode: 0, left: [] });
  expect([service(hive), existsSync(join(root, FOLDER))]).toEqual([undefined, false]);
});

describe("a start whose power was cut while it wrote", () => {
  const TARGET = "ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{3B1C9E52-7A40-4D0E-9C55-1F6E0B7A2D11}";
  const at = (hive: string, name: string) => readHive(hive, ({ root }) => root.open(TARGET)?.value(name)?.data[0]);

  /** Of two values the first was written. */
  function cut(other = "PintTest") {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    const was = (name: string) => ({ type: "REG_DWORD", data: at(hive, name) ?? 0 }) as const;
    const change = (name: string): Change => ({
      ...{ kind: "set-value", key: TARGET, name, type: "REG_DWORD", data: 7 },
      was: at(hive, name) === undefined ? null : was(name),
    });
    const changes = [change("EnableDHCP"), change(other)];
    const rounds = [{ at: NOW.toISOString(), finished: false, changes }];
    const text = formatFirstBootChanges({ pintFirstBootChanges: 1, id: firstBoot?.id ?? "", tool: "t", rounds });
    writeFileIn(root, `${FOLDER}/first-boot-changes.json`, text);
    const former = at(hive, "EnableDHCP");
    editOnDisk(hive, (edit) => edit.setValue(TARGET, "EnableDHCP", 4, dword(7)));
    return { root, hive, former };
  }

  test("is a problem, and nothing is planned upon it", () => {
    const { root } = cut();
    expect(problemsOf(root)).toEqual([expect.stringContaining("cut short while the first boot wrote")]);
    for (const run of [
      () => plain(root),
      () => apply(root, "pending-10", { pairing: { rename: true }, now: later(1) }),
    ])
      expect(failureOf(run)).toMatchObject({ exitCode: 24, code: "first-boot-cut-short" });
    expect(existsSync(join(root, FOLDER, "first-boot-changes.json"))).toBe(true);
  });

  test("is taken back by undo --values, with what has arranged it", () => {
    const { root, hive, former } = cut();
    const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: later(1) } }, SILENT);
    expect(undone).toMatchObject({ exitCode: 0, left: [] });
    expect(codes(undone)).toContain("first-boot-cut-short");
    expect(undone.removed).toContain(join(root, FOLDER, "first-boot-changes.json"));
    expect([at(hive, "EnableDHCP"), at(hive, "PintTest")]).toEqual([former, undefined]);
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  test("that has written nothing yet is none; a record that cannot be read may be one", () => {
    const { root, hive, former } = cut();
    editOnDisk(hive, (edit) => edit.setValue(TARGET, "EnableDHCP", 4, dword(former ?? 0)));
    expect(problemsOf(root)).toEqual([]);
    writeFileSync(join(root, FOLDER, "first-boot-changes.json"), "\0\0\0");
    expect(problemsOf(root)).toHaveLength(1);
    const asked = { pairing: { rename: true }, now: later(1) };
    expect(failureOf(() => apply(root, "pending-10", asked))).toMatchObject({ code: "first-boot-cut-short" });
    expect(existsSync(join(root, FOLDER, "first-boot-changes.json"))).toBe(true);
  });

  test("is left alone where somebody has set an address since", () => {
    const { root, hive } = cut("IPAddress");
    editOnDisk(hive, (edit) => edit.setValue(TARGET, "IPAddress", 4, dword(9)));
    const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: later(1) } }, SILENT);
    expect(codes(undone)).toEqual(expect.arrayContaining(["first-boot-cut-short", "left-as-it-is"]));
    expect([at(hive, "EnableDHCP"), at(hive, "IPAddress")]).toEqual([7, 9]);
  });
});
