/** An image with a first boot after its Windows has started: what is shown of it, verified and undone. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { formatFirstBootChanges } from "../../src/firstboot/changes.ts";
import { formatFirstBootResult, parseFirstBootResult } from "../../src/firstboot/result.ts";
import { writeFileIn } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { dword, editOnDisk, NOW, readHive, SILENT } from "./support.ts";
import {
  documentFile,
  apply,
  codes,
  FOLDER,
  looking,
  NEW_MAC,
  options,
  service,
  useFinisher,
} from "./first-boot-runs.ts";

useFinisher();

describe("after that Windows has started", () => {
  const PARAMETERS = "ControlSet001\\Services\\pint-first-boot\\Parameters";

  /** Nothing is open. */
  function changesOf(id: string): string {
    return formatFirstBootChanges({ pintFirstBootChanges: 1, id, tool: "t", rounds: [] });
  }

  function resultOf(id: string, more: object): string {
    const result = { pintFirstBootResult: 1, id, tool: "t", attempt: 1, sources: [], ...more };
    return formatFirstBootResult(parseFirstBootResult(JSON.stringify(result), "r"));
  }

  test("one that still waits is shown with its attempts, and taken out value by value", () => {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    editOnDisk(hive, (edit) => {
      edit.setValue(PARAMETERS, "Attempts", 4, dword(2));
      edit.setValue("ControlSet001\\Control\\Windows", "ShutdownTime", 3, new Uint8Array(8));
    });
    const waiting = { state: "waiting", reason: "no adapter came", attempt: 2, removed: false, restart: false };
    // The finisher goes by its own copies, in the folder that nobody else writes to.
    writeFileIn(root, `${FOLDER}/first-boot-result.json`, resultOf(firstBoot?.id ?? "", waiting));
    writeFileIn(root, `${FOLDER}/first-boot-changes.json`, changesOf(firstBoot?.id ?? ""));
    writeFileIn(root, "Windows/PINT/first-boot-result.json", "planted");
    const found = inspectImage(looking(root), SILENT).firstBoot;
    expect(found).toMatchObject({
      state: "arranged",
      attempts: { made: 2, limit: 5 },
      sources: [{ number: 1, addresses: ["10.20.30.40/24"], adapter: { mac: NEW_MAC } }],
      result: { state: "waiting" },
      problems: [],
    });
    const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: NOW } }, SILENT);
    expect(undone).toMatchObject({ exitCode: 0, way: "by-value", left: [] });
    expect(codes(undone)).toContain("first-boot-ran");
    expect(undone.removed).toHaveLength(5); // with what the finisher has worked with
    expect(service(hive)).toBeUndefined();
    expect(existsSync(join(root, FOLDER))).toBe(false);
    // That undone, the service is back without its files, which no receipt holds: said, seen, and put right by the next run.
    const back = undoImage({ ...looking(root), receipt: undone.undoReceipt ?? "" }, SILENT);
    expect(codes(back)).toContain("first-boot-incomplete");
    expect(verifyImage(looking(root), SILENT)).toMatchObject({ exitCode: 28, firstBoot: { state: "incomplete" } });
    expect(apply(root, "pending-10")).toMatchObject({ exitCode: 27, firstBoot: { state: "written" } });
    expect(verifyImage(looking(root), SILENT)).toMatchObject({ exitCode: 27, firstBoot: { attempts: { made: 0 } } });
  });

  test("one that has finished is shown with its result, is as it was meant, and undo says that it has been", () => {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    editOnDisk(hive, (edit) => edit.deleteKey("ControlSet001\\Services\\pint-first-boot"));
    rmSync(join(root, FOLDER), { recursive: true });
    const sources = [{ number: 1, outcome: "moved", reason: "its adapter came", target: "Ethernet 2" }];
    const finished = { state: "finished", reason: "all is moved", removed: true, restart: true, sources };
    writeFileIn(root, "Windows/PINT/first-boot-result.json", resultOf(firstBoot?.id ?? "", finished));
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({
      state: "ran",
      result: { state: "finished" },
    });
    expect(verifyImage(looking(root), SILENT)).toMatchObject({ exitCode: 0, differences: [] });
    const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: NOW } }, SILENT);
    expect(undone).toMatchObject({ exitCode: 0, written: false, left: [] });
    expect(undone.warnings.find(({ code }) => code === "first-boot-ran")?.message).toContain("moved source 1");
  });

  test("one that gave up is a difference", () => {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    editOnDisk(hive, (edit) => edit.deleteKey("ControlSet001\\Services\\pint-first-boot"));
    rmSync(join(root, FOLDER), { recursive: true });
    const gone = { state: "gave-up", reason: "no adapter came", attempt: 5, removed: true, restart: false };
    writeFileIn(root, "Windows/PINT/first-boot-result.json", resultOf(firstBoot?.id ?? "", gone));
    const verified = verifyImage(looking(root), SILENT);
    expect(verified.exitCode).toBe(28);
    expect(verified.differences.map(({ message }) => message)).toEqual(["First boot: gave-up: no adapter came"]);
  });

  test("one that has ended without a restart is shown as going, and arranged anew, without what it has left", () => {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    const manager = "ControlSet001\\Control\\Session Manager";
    const name = "PendingFileRenameOperations";
    editOnDisk(hive, (edit) => {
      edit.setValue("ControlSet001\\Services\\pint-first-boot", "DeleteFlag", 4, dword(1));
      edit.setValue(manager, name, 7, encodeUtf16("\\??\\C:\\Windows\\PINT\\first-boot\\pint.exe\0\0\0"));
    });
    const gone = { state: "gave-up", reason: "no adapter came", attempt: 5, removed: true, restart: false };
    writeFileIn(root, "Windows/PINT/first-boot-result.json", resultOf(firstBoot?.id ?? "", gone));
    writeFileIn(root, "Windows/PINT/first-boot-changes.json", "{}");
    writeFileIn(root, `${FOLDER}/first-boot-changes.json`, changesOf(firstBoot?.id ?? ""));
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({
      state: "incomplete",
      problems: [expect.stringContaining("marked for deletion"), expect.stringContaining(name)],
    });
    // It will not begin: a run that was not asked for a first boot may not say that one is arranged.
    const plain = applyImage({ ...options(root, "pending-10"), firstBoot: undefined }, SILENT);
    expect(plain).toMatchObject({ exitCode: 26, written: false, sources: [{ outcome: "pending" }] });
    const again = apply(root, "pending-10", { now: new Date(NOW.getTime() + 60_000) });
    expect(again).toMatchObject({ exitCode: 27, firstBoot: { state: "written" } });
    expect(again.firstBoot?.id).not.toBe(firstBoot?.id);
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({
      state: "arranged",
      result: null,
      problems: [],
    });
    for (const file of ["Windows/PINT/first-boot-changes.json", `${FOLDER}/first-boot-changes.json`]) {
      expect(existsSync(join(root, file))).toBe(false);
    }
    expect(readHive(hive, (image) => image.root.open(manager)?.value(name))).toBeUndefined();
  });

  test("a result or a document that cannot be read stops nobody from looking", () => {
    const { root } = phonyImage("pending-10");
    writeFileSync(documentFile(root, apply(root, "pending-10")), "{");
    writeFileIn(root, "Windows/PINT/first-boot-result.json", "nonsense");
    const found = inspectImage(looking(root), SILENT).firstBoot;
    expect(found).toMatchObject({ state: "incomplete", result: null });
    expect(found?.problems).toHaveLength(2);
  });
});
