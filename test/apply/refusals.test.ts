/** What apply refuses, and that it leaves every file as it was. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { checkImage } from "../../src/apply/check.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { planImage } from "../../src/apply/plan.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { FORCE_NAMES, type ForceName } from "../../src/image/force.ts";
import { failureOf } from "../support/failures.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX, windowsHost } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import {
  applyOptions,
  dword,
  editOnDisk,
  imageOptions,
  readHive,
  SAVED_PROFILE,
  SILENT,
  snapshot,
  withProfile,
} from "./support.ts";

describe("what is refused leaves every file as it was", () => {
  const SETUP = "Setup";
  const set = (key: string, name: string, number: number) => (hive: string) =>
    editOnDisk(hive, (edit) => void edit.setValue(key, name, 4, dword(number)));

  test.each<[string, (hive: string, root: string) => void]>([
    ["setup-in-progress", set(SETUP, "SetupType", 2)],
    ["setup-in-progress", set(SETUP, "SystemSetupInProgress", 1)],
    ["setup-in-progress", set(SETUP, "OOBEInProgress", 1)],
    ["failed-control-set", set("Select", "Failed", 1)],
    ["hibernated", (_hive, root) => writeFileIn(root, "hiberfil.sys", "hibr")],
  ])("%s", (code, prepare) => {
    const { root, hive } = phonyImage("moved-windows-10");
    prepare(hive, root);
    const before = snapshot(root);
    expect(failureOf(() => applyImage(applyOptions(root, SAVED_PROFILE), SILENT))).toMatchObject({
      exit: "refused",
      exitCode: 24,
      code,
    });
    expect(snapshot(root)).toEqual(before);
    const forced = applyImage(applyOptions(root, SAVED_PROFILE, [code as ForceName]), SILENT);
    expect(forced).toMatchObject({ exitCode: 0, written: true });
    expect(forced.warnings.map((warning) => warning.code)).toContain(`forced-${code}`);
  });

  test("the running Windows, which nothing forces", () => {
    const { root } = phonyImage("moved-windows-10");
    const before = snapshot(root);
    const host = windowsHost(join(root, "Windows"));
    const options = { ...applyOptions(root, SAVED_PROFILE, FORCE_NAMES), host };
    expect(failureOf(() => applyImage(options, SILENT))).toMatchObject({ exit: "refused", code: "running-windows" });
    expect(failureOf(() => undoImage({ ...imageOptions(root, FORCE_NAMES), host }, SILENT)).code).toBe(
      "running-windows",
    );
    expect(snapshot(root)).toEqual(before);
  });

  test("an image that another run works on; a lock that a dead run left is replaced and told", () => {
    const { root } = phonyImage("moved-windows-10");
    const others = LINUX.run.pid + 1;
    const lock = (pid: number): string =>
      writeFileIn(
        root,
        "Windows/PINT/lock",
        JSON.stringify({ pintLock: 1, pid, host: LINUX.run.hostName, since: "2026-01-02T03:04:05Z" }),
      );
    const alive = { ...LINUX, run: { ...LINUX.run, isRunning: () => true } };
    const file = lock(others);
    const before = snapshot(root);
    const failure = failureOf(() => applyImage({ ...applyOptions(root, SAVED_PROFILE), host: alive }, SILENT));
    expect(failure).toMatchObject({ exit: "refused", exitCode: 24, code: "in-use", at: file });
    expect(failureOf(() => undoImage({ ...imageOptions(root), host: alive }, SILENT)).code).toBe("in-use");
    expect(snapshot(root)).toEqual(before);
    const codes = (result: { warnings: readonly { code: string }[] }) => result.warnings.map(({ code }) => code);
    expect(codes(applyImage(applyOptions(root, SAVED_PROFILE), SILENT))).toContain("stale-lock");
    expect(existsSync(file)).toBe(false);
    lock(others);
    expect(codes(undoImage(imageOptions(root), SILENT))).toContain("stale-lock");
    expect(existsSync(file)).toBe(false);
  });

  test("a run with nothing to do leaves no folder behind", () => {
    const { root } = phonyImage("moved-windows-7");
    const nothing = withProfile(writeFileIn(newFolder(), "p.json", '{"pintProfile":1,"connections":[]}'));
    const entries = (): string[] => readdirSync(root, { recursive: true }).map(String).sort();
    const before = entries();
    expect(applyImage(applyOptions(root, nothing), SILENT).written).toBe(false);
    expect(entries()).toEqual(before);
  });

  test.each(["hiberfil.sys", "Windows/PINT/profile.json", "Windows/System32/config/SYSTEM.LOG"])(
    "a pipe in the image stops nobody: %s",
    (name) => {
      const { root } = phonyImage("moved-windows-10");
      const pipe = join(root, name);
      rmSync(pipe, { force: true });
      makePipe(pipe);
      if (name.endsWith("profile.json")) {
        expect(failureOf(() => applyImage(applyOptions(root, SAVED_PROFILE), SILENT)).code).toBe("no-profile");
        return;
      }
      const { exitCode, warnings } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
      expect(exitCode).toBe(0);
      expect(warnings.some(({ code }) => code === "not-checked-hibernated")).toBe(name === "hiberfil.sys");
      expect(undoImage(imageOptions(root), SILENT).exitCode).toBe(0);
    },
  );

  test("a receipt that cannot be written: nothing is written to the hive", () => {
    const { root } = phonyImage("moved-windows-10");
    const before = snapshot(root);
    writeFileIn(root, "Windows/PINT/receipts", "a file where the folder should be");
    const failure = failureOf(() => applyImage(applyOptions(root, SAVED_PROFILE), SILENT));
    expect(failure).toMatchObject({ exit: "writeFailed", exitCode: 29, code: "receipt-not-written" });
    expect(snapshot(root, (path) => path.endsWith("receipts"))).toEqual(before);
  });

  test("no profile, and one that is not valid", () => {
    const { root } = phonyImage("moved-windows-7");
    const before = snapshot(root);
    expect(failureOf(() => applyImage(applyOptions(root, SAVED_PROFILE), SILENT))).toMatchObject({
      exit: "noImage",
      code: "no-profile",
    });
    const profile = writeFileIn(newFolder(), "p.json", '{"pintProfile":1,"connections":[{"nmae":"x"}]}');
    expect(failureOf(() => applyImage(applyOptions(root, withProfile(profile)), SILENT)).exit).toBe("invalidDocument");
    expect(failureOf(() => applyImage(applyOptions(root, withProfile(profile, "gone.json")), SILENT)).exit).toBe(
      "invalidDocument",
    );
    expect(snapshot(root)).toEqual(before);
  });

  test("a damaged hive, which nothing forces; inspect and capture show what can be read when they are forced", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const at = damage(hive);
    const before = snapshot(root);
    for (const force of [[], ["damaged"]] as const) {
      const failure = failureOf(() => applyImage(applyOptions(root, SAVED_PROFILE, force), SILENT));
      expect(failure).toMatchObject({ exit: "hiveDamaged", exitCode: 23 });
      expect(failure.at).toContain(`byte offset ${at}`);
      expect(failureOf(() => planImage({ ...imageOptions(root, force), ...SAVED_PROFILE }, SILENT)).exit).toBe(
        "hiveDamaged",
      );
    }
    expect(failureOf(() => inspectImage(imageOptions(root), SILENT)).exit).toBe("hiveDamaged");
    const seen = inspectImage(imageOptions(root, ["damaged"]), SILENT);
    expect(seen.warnings.map(({ code }) => code)).toEqual(["forced-damaged"]);
    expect(seen.hive.problems).toHaveLength(1);
    const checked = checkImage(imageOptions(root), SILENT);
    expect(checked).toMatchObject({ exitCode: 23, problems: [{ severity: "fatal", at }] });
    expect(snapshot(root)).toEqual(before);
  });
});

/** Breaks a value that has nothing to do with the network; returns its byte offset. */
function damage(hive: string): number {
  const bytes = readFileSync(hive);
  const key = "ControlSet001\\Control\\Session Manager\\Power";
  const at = readHive(hive, ({ root }) => root.open(key)?.value("HiberbootEnabled")?.at ?? expect.fail());
  bytes.write("xx", at + 4, "latin1");
  writeFileSync(hive, bytes);
  return at;
}
