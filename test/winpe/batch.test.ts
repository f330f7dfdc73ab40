/** The batch files of boot media, run by Wine's cmd: every exit code, every choice of the menu, and where the log goes. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { EXIT_CODES } from "../../src/exit/codes.ts";
import { exitMeanings } from "../../src/report/exit-meaning.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { missingWinPe, PhonyWinPe, WINPE } from "./phony-winpe.ts";

const AUTO = "C:\\PINT\\pint-auto.cmd";
const START = "C:\\windows\\system32\\startnet.cmd";
const MENU = /1 {2}try again\n {2}2 {2}command prompt .*\n {2}3 {2}restart this machine\n1, 2 or 3: /;

const script = readFileSync(join(WINPE, "pint-auto.cmd"), "latin1");

describe("the texts", () => {
  test("are ASCII with Windows' line ends", () => {
    for (const name of ["pint-auto.cmd", "startnet.cmd", "winpeshl.ini", "wimboot/winpeshl.ini"]) {
      expect(readFileSync(join(WINPE, name), "latin1")).toMatch(/^(?:[\x20-\x7e]*\r\n)+$/);
    }
  });

  test("compare exit codes exactly, and use nothing that WinPE may lack", () => {
    const commands = script.split("\r\n").filter((line) => !line.startsWith("rem "));
    expect(commands.join("\n")).not.toMatch(
      /\berrorlevel \d|\b(choice|timeout|powershell|findstr|where|xcopy|robocopy)\b/i,
    );
  });

  test("have a sentence for each exit code, and for no other", () => {
    const known = [...script.matchAll(/^if "%CODE%"=="(\d+)" set "WHAT=(.*?)" & set "ADVICE=.+"\r$/gm)];
    expect(known.map(([, code, what]) => ({ code: Number(code), meaning: what }))).toEqual(exitMeanings());
  });

  test("winpeshl.ini runs wpeinit first, each line short enough for it", () => {
    for (const name of ["winpeshl.ini", "wimboot/winpeshl.ini"]) {
      const [section, ...apps] = readFileSync(join(WINPE, name), "latin1").trim().split("\r\n");
      expect(section).toBe("[LaunchApps]");
      expect(apps[0]).toBe("%SystemRoot%\\System32\\wpeinit.exe");
      expect(apps[1]).toMatch(
        /^%SystemRoot%\\System32\\cmd\.exe, \/k %System(Drive%\\PINT|Root%\\System32)\\pint-auto\.cmd$/,
      );
      expect(apps.every((line) => line.length <= 250)).toBe(true);
      expect(apps).toHaveLength(2);
    }
  });
});

describeUnlessMissing("under Wine", missingWinPe, () => {
  let pe: PhonyWinPe;
  beforeAll(() => {
    pe = new PhonyWinPe();
  }, 120_000);
  afterEach(() => {
    pe.withoutVolumes("d", "e", "f");
    pe.ends("wpeutil", 0);
    for (const name of ["pint-winpe.log", "pint-options.txt"]) rmSync(join(pe.folder, name), { force: true });
  });
  afterAll(() => pe.close());

  /** What pint would write when it has opened the image. */
  const accepts = (code: number) => `<![LOG[exit code ${code} is accepted (--accept): ends with 0]LOG]!><time="3">\r\n`;
  const logThatOpened = (hive: string) =>
    `<![LOG[guard "x" & <y>: %PATH% !]LOG]!><time="1">\r\n<![LOG[opened ${hive} for reading]LOG]!><time="2">\r\n`;

  const windowsOn = (
    letter: string,
    config: readonly string[] = ["Windows", "System32", "config", "SYSTEM"],
  ): string => {
    const root = pe.volume(letter);
    mkdirSync(join(root, ...config.slice(0, -1)), { recursive: true });
    writeFileSync(join(root, ...config), "");
    return root;
  };

  test.each(exitMeanings())(
    "exit code $code: $meaning",
    async ({ code, meaning }) => {
      pe.ends("pint", code);
      const { status, output, calls } = await pe.run(AUTO);
      expect(output).toContain(`pint ended with exit code ${code}: ${meaning}.\n`);
      expect(output).toContain("Log: C:\\PINT\\pint-winpe.log - in memory only: ");
      const succeeds: boolean = code === EXIT_CODES.done || code === EXIT_CODES.arranged;
      expect(output.includes("lost with this restart")).toBe(succeeds);
      expect(output.includes("copy it before this machine restarts")).toBe(!succeeds);
      expect(calls.at(-1) === "wpeutil reboot").toBe(succeeds);
      expect(MENU.test(output)).toBe(!succeeds);
      expect(status).toBe(code);
    },
    120_000,
  );

  test("a code that pint does not have stops as well", async () => {
    pe.ends("pint", -1073741515);
    const { output, calls } = await pe.run(AUTO);
    expect(output).toContain("pint ended with exit code -1073741515: this is no exit code of pint");
    expect(output).toMatch(MENU);
    expect(calls).not.toContain("wpeutil reboot");
  }, 120_000);

  test("startnet.cmd: wpeinit, the removable drives, pint with a log that the program takes, the restart", async () => {
    pe.ends("pint", 0);
    const { status, calls } = await pe.run(START);
    expect(status).toBe(0);
    expect(calls).toEqual([
      "wpeinit",
      "wpeutil WaitForRemovableStorage",
      '"C:\\PINT\\pint.exe" apply --auto --log "C:\\PINT\\pint-winpe.log"',
      "wpeutil reboot",
    ]);
    const words = [...(calls[2] ?? "").matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    expect(parseCommandLine(words.slice(1), COMMANDS)).toMatchObject({
      kind: "command",
      command: { name: "apply" },
      args: { auto: true, log: "C:\\PINT\\pint-winpe.log", reboot: false },
    });
  }, 120_000);

  test("the menu: what is no answer asks again, 1 tries again, and what that ends with counts", async () => {
    pe.ends("pint", 25, 0);
    const { status, output, calls } = await pe.run(AUTO, "", "x", 'say "no"', '"', "a & b", "%PATH%", " 1", "1");
    expect(output.match(new RegExp(MENU, "g"))).toHaveLength(8);
    expect(calls.filter((call) => call.includes("pint.exe"))).toHaveLength(2);
    expect(calls.at(-1)).toBe("wpeutil reboot");
    expect(status).toBe(0);
  }, 120_000);

  test("the menu: 2 is a command prompt beside pint.exe that leads back, 3 restarts with the code that there was", async () => {
    pe.ends("pint", 31);
    const { status, output, calls } = await pe.run(AUTO, "2", "echo here: %CD%", "exit", "3");
    expect(output).toContain("here: C:\\PINT\n");
    expect(output.match(new RegExp(MENU, "g"))).toHaveLength(2);
    expect(calls.at(-1)).toBe("wpeutil reboot");
    expect(status).toBe(31);
  }, 120_000);

  test("a wpeutil that cannot restart is told of, and the menu comes", async () => {
    pe.ends("pint", 0);
    pe.ends("wpeutil", 0, 5);
    const { status, output } = await pe.run(AUTO);
    expect(output.split("wpeutil could not restart this machine.")[1]).toMatch(MENU);
    expect(status).toBe(0);
  }, 120_000);

  test("the first line of pint-options.txt goes along", async () => {
    writeFileSync(join(pe.folder, "pint-options.txt"), '--wait 300 --exclude "Backup LAN"\r\nnot this\r\n');
    pe.ends("pint", 0);
    const { calls } = await pe.run(AUTO);
    expect(calls[1]).toMatch(/--log "C:\\PINT\\pint-winpe\.log" --wait 300 --exclude "Backup LAN"$/);
  }, 120_000);

  test("drivers beside it are loaded before pint runs; one that cannot be is told", async () => {
    const folder = join(pe.folder, "drivers", "net work");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "nic.inf"), "");
    pe.ends("drvload", 2);
    pe.ends("pint", 0);
    const { output, calls } = await pe.run(AUTO);
    rmSync(join(pe.folder, "drivers"), { recursive: true });
    expect(calls[1]).toBe('drvload "C:\\PINT\\drivers\\net work\\nic.inf"');
    expect(calls[2]).toContain("pint.exe");
    expect(output).toContain('The driver "C:\\PINT\\drivers\\net work\\nic.inf" could not be loaded');
  }, 120_000);

  test("the log: into the folder PINT of a stick from the start, never of a volume with a Windows or one that takes no writes", async () => {
    mkdirSync(join(windowsOn("d"), "PINT"));
    const readOnly = join(pe.volume("e"), "PINT");
    mkdirSync(readOnly);
    symlinkSync("/proc/nowhere/file", join(readOnly, "pint-write-test.tmp")); // what is written there cannot be
    mkdirSync(join(pe.volume("f"), "PINT"));
    pe.ends("pint", 24);
    const { output, calls } = await pe.run(AUTO);
    expect(calls.at(-1)).toBe('"C:\\PINT\\pint.exe" apply --auto --log "F:\\PINT\\pint-winpe.log"');
    expect(output).toContain("Log: F:\\PINT\\pint-winpe.log\n");
  }, 120_000);

  test.each([
    { windows: "Windows", hive: ["Windows", "System32", "config", "SYSTEM"] },
    { windows: "WINDOWS", hive: ["WINDOWS", "system32", "config", "system"] },
  ])(
    "without a stick it is added to the one in the image ($windows) when the run is over",
    async ({ windows, hive }) => {
      const root = windowsOn("d", hive);
      const written = logThatOpened(`D:\\${hive.join("\\")}`);
      writeFileSync(join(pe.folder, "pint-winpe.log"), written);
      mkdirSync(join(root, windows, "PINT"));
      writeFileSync(join(root, windows, "PINT", "pint-winpe.log"), "before\r\n");
      pe.ends("pint", 26);
      const { output } = await pe.run(AUTO);
      expect(output).toContain(`Log: D:\\${windows}\\PINT\\pint-winpe.log\n`);
      expect(readFileSync(join(root, windows, "PINT", "pint-winpe.log"), "latin1")).toBe(`before\r\n${written}`);
    },
    120_000,
  );

  test("but not into an image that pint has refused: it may be asleep", async () => {
    const root = windowsOn("d");
    writeFileSync(join(pe.folder, "pint-winpe.log"), logThatOpened("D:\\Windows\\System32\\config\\SYSTEM"));
    pe.ends("pint", 24);
    const { output } = await pe.run(AUTO);
    expect(output).toContain("in memory only");
    expect(() => readFileSync(join(root, "Windows", "PINT", "pint-winpe.log"))).toThrow("ENOENT");
  }, 120_000);

  test("a log that cannot be added to the one in the image is kept where it is", async () => {
    const folder = join(windowsOn("d"), "Windows", "PINT");
    mkdirSync(join(folder, "pint-winpe.log"), { recursive: true }); // no file can be written there
    const written = logThatOpened("D:\\Windows\\System32\\config\\SYSTEM");
    writeFileSync(join(pe.folder, "pint-winpe.log"), written);
    pe.ends("pint", 25);
    const { output } = await pe.run(AUTO);
    expect(output).toContain("Log: C:\\PINT\\pint-winpe.log - in memory only");
    expect(readFileSync(join(pe.folder, "pint-winpe.log"), "latin1")).toBe(written);
  }, 120_000);

  test.each([
    [EXIT_CODES.done, undefined],
    [EXIT_CODES.arranged, undefined],
    [EXIT_CODES.done, EXIT_CODES.pending],
  ])(
    "%i (accepted: %s): WinPE that comes again for the same receipts ends in the menu, a new one of the hive or of an answer file restarts",
    async (code, accepted) => {
      const root = windowsOn("d");
      const receipts = join(root, "Windows", "PINT", "receipts");
      mkdirSync(join(receipts, "answer-files"), { recursive: true });
      const put = (...name: readonly string[]): void => writeFileSync(join(receipts, ...name), "{}");
      put("2025-12-31T21-30-00Z.json");
      put("answer-files", "2026-01-15T21-30-00Z.json");
      const again = async () => {
        const opened = logThatOpened("D:\\Windows\\System32\\config\\SYSTEM");
        writeFileSync(join(pe.folder, "pint-winpe.log"), opened + (accepted === undefined ? "" : accepts(accepted)));
        pe.ends("pint", code);
        return await pe.run(AUTO);
      };
      expect((await again()).calls.at(-1)).toBe("wpeutil reboot");
      const second = await again();
      expect(second.calls).not.toContain("wpeutil reboot");
      expect(second.output).toContain(
        "WinPE came again: take its medium out, or put the disk first in the boot order.",
      );
      expect(second.output).toMatch(MENU);
      put("2026-05-01T22-30-00Z (1).json");
      expect((await again()).calls.at(-1)).toBe("wpeutil reboot");
      put("answer-files", "2026-05-02T21-30-00Z.json");
      expect((await again()).calls.at(-1)).toBe("wpeutil reboot");
      expect(readFileSync(join(root, "Windows", "PINT", "pint-restarted.txt"), "latin1")).toBe(
        "2026-05-01T22-30-00Z (1).json 2026-05-02T21-30-00Z.json\r\n",
      );
    },
    120_000,
  );

  test("what --accept took for success writes nothing into the Windows, which may be asleep, and is told", async () => {
    const root = windowsOn("d");
    const log = logThatOpened("D:\\Windows\\System32\\config\\SYSTEM") + accepts(24);
    writeFileSync(join(pe.folder, "pint-winpe.log"), log);
    pe.ends("pint", 0);
    const { output, calls } = await pe.run(AUTO);
    expect(output).toContain("exit code 0: it was 24, which --accept takes for success: look into the log.\n");
    expect(calls.at(-1)).toBe("wpeutil reboot");
    expect(existsSync(join(root, "Windows", "PINT"))).toBe(false);
  }, 120_000);

  test("the log of a run before the stick came goes to the stick, at the next try or with the restart", async () => {
    const stick = join(pe.volume("f"), "PINT");
    mkdirSync(stick);
    const written = logThatOpened("D:\\Windows\\System32\\config\\SYSTEM");
    writeFileSync(join(pe.folder, "pint-winpe.log"), written);
    pe.ends("pint", 24);
    await pe.run(AUTO);
    expect(readFileSync(join(stick, "pint-winpe.log"), "latin1")).toBe(written);
    expect(existsSync(join(pe.folder, "pint-winpe.log"))).toBe(false);

    pe.withoutVolumes("f");
    writeFileSync(join(pe.folder, "pint-winpe.log"), written);
    const late = join(pe.volume("f"), "PINT");
    const { output, calls } = await pe.run(AUTO, "2", "mkdir F:\\PINT", "exit", "3");
    expect(output).toContain("Log: F:\\PINT\\pint-winpe.log\n");
    expect(calls.at(-1)).toBe("wpeutil reboot");
    expect(readFileSync(join(late, "pint-winpe.log"), "latin1")).toBe(written);
  }, 120_000);

  test("started from System32 (wimboot) it leaves WinPE's own folder drivers alone", async () => {
    const system = join(pe.drive, "windows", "system32");
    cpSync(pe.folder, system, { recursive: true });
    const inf = join(system, "drivers", "own.inf");
    writeFileSync(inf, "");
    const { calls } = await pe.run("C:\\windows\\system32\\pint-auto.cmd");
    for (const name of ["pint-auto.cmd", "pint.exe", "drivers/own.inf"]) rmSync(join(system, name));
    expect(calls.some((call) => call.includes("pint.exe"))).toBe(true);
    expect(calls.some((call) => call.startsWith("drvload"))).toBe(false);
  }, 120_000);

  test("without pint.exe it says so and ends with 1", async () => {
    rmSync(join(pe.folder, "pint.exe"));
    expect(await pe.run(AUTO)).toMatchObject({ status: 1, output: expect.stringContaining("pint.exe is not beside") });
  }, 120_000);
});
