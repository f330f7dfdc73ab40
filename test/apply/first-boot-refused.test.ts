/** --first-boot: what is refused, with the image as it was; and what --all-or-nothing counts. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ImageName, VariantName } from "../../scripts/fixtures/images.ts";
import { applyImage } from "../../src/apply/apply.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { withFinisher } from "../../src/apply/first-boot/carry-out.ts";
import { prepareFirstBoot } from "../../src/apply/first-boot/prepare.ts";
import { openWindows, withImage } from "../../src/apply/open-windows.ts";
import { preparePlan } from "../../src/apply/planning.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { Failure } from "../../src/exit/failure.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { failureOf } from "../support/failures.ts";
import { keepingLists, phonyProgram, type ProgramTraits } from "../support/first-boot.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import { contents, isReceipt, NOW, SILENT, sha256, snapshot } from "./support.ts";
import {
  apply,
  type Choice,
  codes,
  finisherPath,
  FOLDER,
  looking,
  options,
  plan,
  useFinisher,
  what,
} from "./first-boot-runs.ts";

useFinisher();

describe("what is refused, with the image as it was", () => {
  function refused(name: VariantName | ImageName, choice: Choice) {
    const { root } = phonyImage(name);
    const before = snapshot(root);
    const failure = failureOf(() => apply(root, name as VariantName, choice));
    expect(snapshot(root)).toEqual(before);
    return { failure, root };
  }

  test("a volume that shows no access lists (forced: it is told)", () => {
    const { failure, root } = refused("pending-10", { host: LINUX });
    expect(failure).toMatchObject({ exitCode: 24, code: "access-list" });
    expect(plan(root, "pending-10", { host: LINUX })).toMatchObject({ exitCode: 24 });
    const forced = apply(root, "pending-10", { host: LINUX, force: ["access-list"] });
    expect(forced.exitCode).toBe(27);
    expect(codes(forced).filter((code) => code === "forced-access-list")).toHaveLength(1);
  });

  test("a volume on which a list does not stay", () => {
    const { failure, root } = refused("pending-10", { host: keepingLists({ sets: false }).host });
    expect(failure).toMatchObject({ exitCode: 24, code: "access-list" });
    expect(failure.message).toContain("S-1-1-0");
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  test("a generalized image: the answer file is named", () => {
    const { failure } = refused("generalized", { force: ["generalized"] });
    expect(failure).toMatchObject({ exitCode: 24, code: "answer-file-preferred" });
    expect(failure.advice).toContain("--unattend in-image");
  });

  test.each<[string, ProgramTraits | Uint8Array | undefined, string]>([
    ["is not there", undefined, "there is no pint.exe"],
    ["is no program", new TextEncoder().encode("MZ and no more"), "is no program for Windows"],
    ["is for 32 bits", { is32Bit: true }, "is no program for 64-bit Windows"],
    ["is another product", { productName: "another" }, "is not pint"],
    ["is another version", { version: "0.0.9" }, "the two must be the same"],
  ])("pint.exe that %s", (_what, program, words) => {
    const folder = newFolder();
    writeFileIn(folder, "nssm.exe", readFileSync(join(finisherPath(), "nssm.exe")));
    if (program !== undefined)
      writeFileIn(folder, "pint.exe", program instanceof Uint8Array ? program : phonyProgram(program));
    const { failure, root } = refused("pending-10", { filesFolder: folder });
    expect(failure).toMatchObject({ exitCode: 24, code: "first-boot-files" });
    expect(failure.message).toContain(words);
    // An unattended run goes on without it.
    const result = apply(root, "pending-10", { filesFolder: folder, insisted: false });
    expect(result).toMatchObject({ exitCode: 26, written: false });
    expect(codes(result)).toContain("first-boot-not-arranged");
  });

  test("a wrapper that is not the one that was tried", () => {
    const folder = newFolder();
    writeFileIn(folder, "pint.exe", phonyProgram());
    writeFileIn(folder, "nssm.exe", "another");
    const { failure } = refused("pending-10", { filesFolder: folder });
    expect(failure.message).toContain("is not NSSM 2.24");
    // A batch file does without.
    expect(apply(phonyImage("pending-7").root, "pending-7", { filesFolder: folder }).exitCode).toBe(27);
  });

  test("a hive that was named by itself", () => {
    const { hive } = phonyImage("pending-10");
    const copy = writeFileIn(newFolder(), "SYSTEM", readFileSync(hive));
    const profile = writeFileIn(
      newFolder(),
      "profile.json",
      readFileSync(join("fixtures/moved-windows-10/files/Windows/PINT/profile.json")),
    );
    const planning = { ...what("pending-10"), profile };
    expect(failureOf(() => apply(copy, "pending-10", { planning }))).toMatchObject({ exitCode: 2, code: "no-volume" });
  });

  test("a plan of it, applied from its file: the files are no part of a plan", () => {
    const { root } = phonyImage("pending-10");
    const planFile = writeFileIn(newFolder(), "plan.json", plan(root, "pending-10").text);
    const failure = failureOf(() => applyImage({ ...options(root, "pending-10"), what: { planFile } }, SILENT));
    expect(failure.exitCode).toBe(24);
  });

  test("another version's program under a service; without one it is a leftover, and replaced", () => {
    const { root } = phonyImage("pending-10");
    const { host } = keepingLists();
    writeFileIn(root, `${FOLDER}/pint.exe`, "left over");
    expect(apply(root, "pending-10", { host }).exitCode).toBe(27);
    writeFileSync(join(root, FOLDER, "pint.exe"), "another version");
    const failure = failureOf(() => apply(root, "pending-10", { host }));
    expect(failure).toMatchObject({ exitCode: 24, code: "first-boot-of-another-version" });
    expect(readFileSync(join(root, FOLDER, "pint.exe"), "utf8")).toBe("another version");
    const undone = undoImage(looking(root), SILENT);
    expect(codes(undone)).toContain("first-boot-file-left");
    expect(existsSync(join(root, FOLDER, "pint.exe"))).toBe(true);
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({ state: "leftover" });
  });

  test("a receipt that cannot be written: the files are taken away again", () => {
    const { root, hive } = phonyImage("pending-10");
    const before = sha256(hive);
    writeFileIn(root, "Windows/PINT/receipts", "in the way");
    const failure = failureOf(() => apply(root, "pending-10"));
    expect(failure).toMatchObject({ exitCode: 29, code: "receipt-not-written" });
    expect(existsSync(join(root, FOLDER))).toBe(false);
    expect(sha256(hive)).toBe(before);
  });
});

describe("--all-or-nothing", () => {
  test("counts what is arranged as placed", () => {
    const { root } = phonyImage("pending-10");
    expect(apply(root, "pending-10", { pairing: { allOrNothing: true } })).toMatchObject({
      exitCode: 27,
      written: true,
    });
  });

  test("holds everything back when one cannot be served", () => {
    const { root } = phonyImage("pending-arm64");
    expect(apply(root, "pending-arm64", { pairing: { allOrNothing: true } })).toMatchObject({
      written: false,
      firstBoot: null,
    });
  });
});

describe("a run that is cut short", () => {
  test("after its files and before its hive: inspect shows leftovers, the next run replaces them, and its undo leaves nothing", () => {
    const { root, hive } = phonyImage("pending-10");
    const before = contents(root);
    const former = readFileSync(hive);
    const logs = [".LOG1", ".LOG2"].map((ending) => [hive + ending, readFileSync(hive + ending)] as const);
    apply(root, "pending-10");
    rmSync(join(root, "Windows/PINT/receipts"), { recursive: true });
    for (const [file, bytes] of [[hive, former] as const, ...logs]) writeFileSync(file, bytes);
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({
      state: "leftover",
      sources: [{ number: 1 }],
    });

    const later = new Date(NOW.getTime() + 60_000);
    const result = apply(root, "pending-10", { now: later });
    expect(result).toMatchObject({ exitCode: 27, firstBoot: { state: "written" } });
    expect(verifyImage(looking(root), SILENT)).toMatchObject({ exitCode: 27, differences: [] });
    undoImage(looking(root), SILENT);
    expect(contents(root, isReceipt)).toEqual(before);
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  /** A run whose commit ends as a test says, on an image that is prepared for a first boot. */
  function cutAt(exit: "writeFailed" | "writeFailedCommitted" | "differs" | undefined): string {
    const { root } = phonyImage("pending-10");
    const { host } = keepingLists();
    withImage({ image: root, force: [], host }, "read-write", SILENT, (session) => {
      const { windows } = openWindows(session, [], SILENT);
      const context = { session, windows, host, force: [], tool: "t", now: NOW };
      const prepared = preparePlan(session, windows, what("pending-10"), SILENT);
      const { firstBoot } = prepareFirstBoot(prepared, { filesFolder: finisherPath(), insisted: true }, context);
      expect(firstBoot).toBeDefined();
      const commit = (): never => {
        expect(existsSync(join(root, FOLDER, "pint.exe"))).toBe(true);
        throw exit === undefined ? new Error("a fault") : new Failure(exit, "it ends here");
      };
      expect(() => withFinisher(firstBoot, context, SILENT, commit)).toThrow(/it ends here|a fault/);
    });
    return join(root, FOLDER);
  }

  test.each(["writeFailed", undefined] as const)("%s: the files are gone again", (exit) => {
    expect(existsSync(cutAt(exit))).toBe(false);
  });

  test.each(["writeFailedCommitted", "differs"] as const)(
    "%s: the service may be there, and so are its files",
    (exit) => {
      expect(readdirSync(cutAt(exit)).sort()).toEqual([
        expect.stringMatching(/^[0-9a-f]{32}\.json$/),
        "nssm.exe",
        "pint.exe",
      ]);
    },
  );
});
