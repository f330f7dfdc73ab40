/** The executable under Wine as a batch file uses it: exit codes, drive letters, a read-only and a locked volume, unattended in a WinPE, Ctrl+C. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { BAD_HIVES_FOLDER } from "../../scripts/fixtures.ts";
import { EXIT_CODES } from "../../src/exit/codes.ts";
import { bitLockerVolume, ntfsVolume } from "../image/evidence/volumes.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { phonyImage } from "../support/phony-images.ts";
import { findTool } from "../support/tools.ts";
import { missingWine } from "../support/wine.ts";
import { programUnderWine, TEST_TIMEOUT_MS } from "./under-wine.ts";

const missing = missingWine ?? (findTool("mkntfs") === undefined ? "no mkntfs (Debian: ntfs-3g)" : undefined);
const PINT = String.raw`C:\program\pint.exe`;

describeUnlessMissing("the executable under Wine, unattended", missing, () => {
  const started = programUnderWine();

  test(
    "a batch file branches on each exit code",
    () => {
      const program = started.now();
      const { root } = phonyImage("moved-windows-10");
      program.drive("D", root);
      program.drive("E", phonyImage("generalized").root);
      const files = newFolder();
      program.drive("F", files);
      writeFileIn(files, "broken.json", '{"pintProfile":1');
      writeFileIn(
        files,
        "stranger.json",
        JSON.stringify({ pintInventory: 1, adapters: [{ mac: { permanent: "00-11-22-33-44-55" } }] }),
      );
      for (const name of ["bad-signature", "unsupported-version"]) {
        cpSync(join(BAD_HIVES_FOLDER, `${name}.hive`), join(files, name));
      }
      const runs: readonly (readonly [string, number])[] = [
        ["undo", EXIT_CODES.usage],
        [String.raw`apply D:\ --profile F:\broken.json`, EXIT_CODES.invalidDocument],
        [String.raw`apply F:\ `, EXIT_CODES.noImage],
        [String.raw`check F:\unsupported-version`, EXIT_CODES.unsupportedWindows],
        [String.raw`inspect F:\bad-signature`, EXIT_CODES.hiveDamaged],
        [String.raw`apply D:\ --exclude Ethernet1`, EXIT_CODES.unplaced],
        [String.raw`apply D:\ --inventory F:\stranger.json`, EXIT_CODES.pending],
        [String.raw`apply E:\ --unattend in-image`, EXIT_CODES.arranged],
        [String.raw`verify D:\ `, EXIT_CODES.differs],
        [String.raw`apply D:\ `, EXIT_CODES.done],
        [String.raw`undo D:\ `, EXIT_CODES.done],
        [String.raw`undo D:\ `, EXIT_CODES.refused],
        [String.raw`capture D:\ -o Q:\gone\profile.json`, EXIT_CODES.writeFailed],
        ["inventory --json", EXIT_CODES.done],
      ];
      const lines = runs.flatMap(([words], index) => [
        `${PINT} ${words} >F:\\out${index}.txt 2>F:\\err${index}.txt`,
        ...Object.values(EXIT_CODES).map((code) => `if %errorlevel% == ${code} echo ${words.trim()}: ${code}`),
        "if errorlevel 131 echo too high",
      ]);
      expect(program.batch(lines)).toEqual(runs.map(([words, code]) => `${words.trim()}: ${code}`));
      // Nothing but Windows' own words, in UTF-8, and the report where it was sent.
      expect(readFileSync(join(files, "out9.txt"), "utf8")).toContain("written  21 registry changes in 3 keys");
      expect(readFileSync(join(files, "err9.txt"), "utf8")).toBe("");
      expect(readFileSync(join(files, "err11.txt"), "utf8")).toContain("exit code 24");
      const quiet = program.batch([
        `${PINT} inspect D:\\ >NUL 2>&1`,
        "echo %errorlevel%",
        `${PINT} undo D:\\ >NUL 2>NUL`,
        "echo %errorlevel%",
      ]);
      expect(quiet).toEqual(["0", "24"]);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "in a WinPE: the one Windows is found, with the profile beside the executable; what is locked is named; wpeutil is called",
    () => {
      const program = started.now();
      const { root } = phonyImage("moved-windows-10");
      const saved = join(root, "Windows", "PINT", "profile.json");
      const beside = join(program.wine.systemDrive, "program", "SRV-FILES01.json");
      cpSync(saved, beside);
      onTestFinished(() => rmSync(beside));
      rmSync(saved);
      program.drive("D", root, ntfsVolume("clean"));
      program.drive("L", join(root, "gone"), bitLockerVolume());
      program.drive("X", program.wine.systemDrive); // WinPE's letter; Wine calls its own system drive C:, whatever is set
      program.lend("reg.exe", "system32/manage-bde.exe"); // ends with 1: not protected
      program.lend("winver.exe", "system32/wpeutil.exe");
      const found = JSON.parse(program.pint(["find", "--json"]).stdout);
      expect(found).toMatchObject({
        windows: [{ root: "D:\\", usable: true, dirty: false, refusals: [] }],
        closed: [{ place: "L:", state: "locked" }],
        withoutWindows: ["X:\\"],
        notLookedAt: [{ place: "C:" }, { place: "volumes without a drive letter" }],
      });
      const codes = found.windows[0].warnings.map(({ code }: { readonly code: string }) => code);
      expect(codes).toEqual(["not-checked-read-only-volume"]); // the volume's own bytes and manage-bde were asked
      const unasked = program.pint(["plan", "D:\\", "--sources", "orphans"]);
      expect(unasked).toMatchObject({
        status: EXIT_CODES.refused,
        stderr: expect.stringContaining("No network adapter"),
      });
      expect(program.pint(["inspect", "L:\\"])).toMatchObject({ status: EXIT_CODES.refused });
      const applied = program.pint(["apply", "--auto", "--wait", "0", "--inventory", "none", "--reboot", "--json"]);
      expect({ ...applied, stdout: JSON.parse(applied.stdout) }).toMatchObject({
        status: EXIT_CODES.done,
        stdout: {
          found: { image: "D:\\", profile: String.raw`C:\program\SRV-FILES01.json` },
          written: true,
          verification: { exitCode: 0 },
        },
      });
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "the Windows that is running is never changed, by whatever path",
    () => {
      const program = started.now();
      const { root } = phonyImage("moved-windows-10");
      const config = join(program.wine.systemDrive, "windows", "system32", "config");
      cpSync(join(root, "Windows", "System32", "config"), config, { recursive: true });
      onTestFinished(() => rmSync(config, { recursive: true }));
      const before = readFileSync(join(config, "SYSTEM"));
      for (const image of ["C:\\", "c:/", String.raw`\\?\C:\ `.trim(), String.raw`C:\windows\System32\config\SYSTEM`]) {
        const { status, stdout } = program.pint(["apply", image, "--sources", "orphans", "--json"]);
        expect({ image, status, code: JSON.parse(stdout).error?.code }).toEqual({
          image,
          status: 24,
          code: "running-windows",
        });
      }
      expect(readFileSync(join(config, "SYSTEM")).equals(before)).toBe(true);
      expect(readdirSync(join(program.wine.systemDrive, "windows"))).not.toContain("PINT");
      expect(program.pint(["inspect", "C:\\"]).status).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "a read-only volume is refused, and looked at",
    () => {
      const program = started.now();
      const { root, hive } = phonyImage("moved-windows-10");
      const before = readFileSync(hive);
      const folder = newFolder();
      mountReadOnly(root, folder);
      program.drive("R", folder);
      expect(program.pint(["inspect", "R:\\"]).status).toBe(0);
      expect(program.pint(["apply", "R:\\"])).toMatchObject({
        status: 24,
        stderr: expect.stringContaining("cannot be opened for writing"),
      });
      expect(program.pint(["capture", "R:\\"])).toMatchObject({ status: 29 });
      expect(readFileSync(hive).equals(before)).toBe(true);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "Ctrl+C in its console does not break off a write, and ends a wait at once",
    async () => {
      const program = started.now();
      const { root } = phonyImage("moved-windows-10");
      program.drive("D", root);
      expect(await interruptedApply()).toBe(EXIT_CODES.interrupted);
      expect(program.pint(["verify", "D:\\"]).status).toBe(0);
      program.wine.unmap("D");
      const waiting = await pressCtrlC(`${PINT} apply --auto --wait 300`, /waiting for a Windows/);
      // Wine's own handler ends a process with 0, the terminal's SIGINT, where it comes first, with 130; Windows with 0xC000013A.
      expect([0, 130]).toContain(waiting.code);
      expect(waiting.text).not.toContain("No Windows was found");
    },
    TEST_TIMEOUT_MS,
  );

  /** A key may come when the run has just ended: that run is undone, and another one is tried. */
  async function interruptedApply(): Promise<number | null> {
    for (let attempt = 1; attempt <= 5; attempt++) {
      const { code, text } = await pressCtrlC(`${PINT} apply D:\\ --verbose`, /\* /);
      expect(text).toContain("written  21 registry changes"); // broken off by no Ctrl+C
      if (text.includes("SIGINT came while this run was at work")) return code;
      started.now().pint(["undo", "D:\\"]);
    }
    throw new Error("of five runs none heard of Ctrl+C");
  }

  /** In a console of its own (script, of Debian's bsdutils, is the terminal): types Ctrl+C when the output matches. */
  function pressCtrlC(
    commandLine: string,
    when: RegExp,
  ): Promise<{ readonly code: number | null; readonly text: string }> {
    const { wine } = started.now();
    const command = [wine.program, ...commandLine.split(" ")].map((word) => `'${word}'`).join(" ");
    const child = spawn("script", ["-qfec", command, "/dev/null"], {
      env: { ...wine.environment, TERM: "xterm" },
      cwd: wine.systemDrive,
      stdio: ["pipe", "pipe", "ignore"],
      timeout: 120_000,
    });
    let text = "";
    let pressed = false;
    child.stdout.on("data", (data: Buffer) => {
      text += data.toString();
      if (!pressed && when.test(text)) {
        pressed = true;
        child.stdin.write("\u0003");
      }
    });
    return new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, text }));
    });
  }
});

function mountReadOnly(from: string, to: string): void {
  for (const words of [
    ["--bind", from, to],
    ["-o", "remount,bind,ro", to],
  ]) {
    const { status, stderr } = spawnSync("mount", words, { encoding: "utf8" });
    if (status !== 0) throw new Error(`mount ${words.join(" ")}: ${stderr}`);
  }
  onTestFinished(() => void spawnSync("umount", [to]));
}
