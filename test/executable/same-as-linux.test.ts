/** What the executable for Windows writes and prints is, byte for byte, what the one for Linux does on the same image. */
import { cpSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { buildFixture } from "../../scripts/fixtures.ts";
import type { ImageName } from "../../scripts/fixtures/images.ts";
import { ntfsVolume } from "../image/evidence/volumes.ts";
import { newFolder } from "../support/folders.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { copyOfRealHive, hasRealHives } from "../support/real-hives.ts";
import { findTool } from "../support/tools.ts";
import { missingWine } from "../support/wine.ts";
import { asOnDrive, comparable, filesOf, momentOf } from "./comparison.ts";
import { missingFakeTime, runLinuxBuild } from "./linux-build.ts";
import { programUnderWine, TEST_TIMEOUT_MS } from "./under-wine.ts";
import { missingStrace, traceWrites } from "./write-order.ts";

const missing =
  missingWine ??
  missingFakeTime ??
  missingStrace ??
  (findTool("mkntfs") === undefined ? "no mkntfs (Debian: ntfs-3g)" : undefined);

/** Of a session on one image: a command's words behind the image, and the code it ends with. */
type Step = readonly [command: string, words: readonly string[], code: number];

const ORPHANS = ["--sources", "orphans"];

function session(sources: readonly string[], profile: string): readonly Step[] {
  return [
    ["inspect", ["--json"], 0],
    ["check", ["--json"], 0],
    ["capture", ["-o", profile, "--json"], 0],
    ["plan", [...sources, "--json"], 0],
    ["apply", [...sources, "--json"], 0],
    ["verify", ["--json"], 0],
    ["apply", [...sources, "--json"], 0],
    ["undo", ["--json"], 0],
  ];
}

describeUnlessMissing("the executable under Wine and the one for Linux", missing, () => {
  const started = programUnderWine();

  /** One after the other on both, each step compared, and all files. `image`: what is named, below the root. */
  function compare(root: string, image: string, steps: readonly Step[]): void {
    const program = started.now();
    const onLinux = newFolder();
    cpSync(root, onLinux, { recursive: true, preserveTimestamps: true });
    program.drive("D", root, ntfsVolume("clean"));
    program.lend("reg.exe", "system32/manage-bde.exe"); // ends with 1: not protected
    for (const [command, words, code] of steps) {
      const windows = program.pint([command, image === "" ? "D:\\" : `D:\\${image}`, ...words]);
      expect({ command, status: windows.status, stderr: windows.stderr }).toEqual({
        command,
        status: code,
        stderr: "",
      });
      const at = momentOf(windows.stdout, root);
      const here = words.map((word) => (word.startsWith("D:\\") ? join(onLinux, word.slice(3)) : word));
      const linux = runLinuxBuild(program.linux, [command, join(onLinux, image), ...here], at, code);
      expect(comparable(windows.stdout), command).toBe(comparable(asOnDrive(linux, onLinux)));
      expect(
        filesOf(root, (text) => text),
        command,
      ).toEqual(filesOf(onLinux, (text) => asOnDrive(text, onLinux)));
    }
  }

  test.each<[ImageName, readonly string[]]>([
    ["moved-windows-10", []],
    ["moved-windows-7", ORPHANS],
    ["moved-windows-xp", ORPHANS],
  ])(
    "%s",
    (name, sources) => {
      const root = newFolder();
      buildFixture(name, root);
      compare(root, "", session(sources, "D:\\profile.json"));
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "writes and flushes come in the same order, and reach the disk",
    () => {
      const program = started.now();
      const [here, there] = [newFolder(), newFolder()];
      for (const root of [here, there]) buildFixture("moved-windows-7", root);
      program.drive("D", there);
      const { wine } = program;
      const windows = [wine.program, String.raw`C:\program\pint.exe`, "apply", "D:\\", ...ORPHANS];
      const order = traceWrites(windows, there, { env: wine.environment, cwd: wine.systemDrive });
      expect(order).toEqual(traceWrites([program.linux, "apply", here, ...ORPHANS], here, {}));
      expect(order.filter((step) => step.startsWith("fsync")).length).toBeGreaterThan(5);
      expect(order).toContain("pwrite64 Windows/System32/config/SYSTEM 512 at 0");
    },
    TEST_TIMEOUT_MS,
  );

  test.skipIf(!hasRealHives)(
    "a real hive of Windows 7, named by itself",
    () => {
      const hive = copyOfRealHive("system/win7-sp1-x86-esx.hiv");
      compare(dirname(hive), basename(hive), [
        ["inspect", ["--json"], 0],
        ["check", ["--json"], 0],
      ]);
    },
    TEST_TIMEOUT_MS,
  );
});
