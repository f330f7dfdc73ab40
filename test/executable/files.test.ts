/** The executable under Wine at files that other programs hold, that are hidden, whose paths are long or odd; and its output through Windows' pipes. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildFixture } from "../../scripts/fixtures.ts";
import { newFolder } from "../support/folders.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { phonyImage } from "../support/phony-images.ts";
import { missingWine } from "../support/wine.ts";
import { programUnderWine, TEST_TIMEOUT_MS } from "./under-wine.ts";

const HIVE = String.raw`D:\Windows\System32\config\SYSTEM`;
const ORPHANS = ["--sources", "orphans"];

describeUnlessMissing("the executable under Wine", missingWine, () => {
  const started = programUnderWine();

  /** A phony image on drive D:. */
  function imageOnD(): { readonly root: string; readonly hive: string } {
    const image = phonyImage("moved-windows-10");
    started.now().drive("D", image.root);
    return image;
  }

  test(
    "what another program holds for itself is refused with its name, and nothing is changed; beside one that shares it is written",
    () => {
      const { root, hive } = imageOnD();
      const before = readFileSync(hive);
      const [hiveHeld, logHeld, softwareHeld, looking, shared] = started.now().inside([
        { args: ["apply", "D:\\"], held: [{ path: HIVE, alone: true }] },
        { args: ["apply", "D:\\"], held: [{ path: `${HIVE}.LOG2`, alone: true }] },
        { args: ["plan", "D:\\"], held: [{ path: String.raw`D:\Windows\System32\config\SOFTWARE`, alone: true }] },
        { args: ["inspect", "D:\\", "--json"], held: [{ path: HIVE, alone: true }] },
        { args: ["apply", "D:\\"], held: [{ path: HIVE, alone: false }] },
      ]);
      const refused = (file: string) => ({
        status: 24,
        stdout: "",
        stderr: expect.stringMatching(
          new RegExp(String.raw`^pint: D:.*${file} cannot be opened: another\s+program\s+has\s+it open \(EBUSY\)`),
        ),
      });
      expect(hiveHeld).toMatchObject(refused("SYSTEM"));
      expect(logHeld).toMatchObject(refused(String.raw`SYSTEM\.LOG2`));
      // Its version is only told from SOFTWARE: the plan stands, and says what it could not look into.
      expect(softwareHeld).toMatchObject({ status: 0 });
      expect(looking?.status).toBe(24);
      expect(JSON.parse(looking?.stdout ?? "").error).toMatchObject({ code: "in-use", at: HIVE });
      expect(shared).toMatchObject({ status: 0, stderr: "" });
      expect(readFileSync(hive).equals(before)).toBe(false);
      expect(readdirSync(join(root, "Windows", "PINT"))).toEqual(["profile.json", "receipts"]);
      expect(readdirSync(join(root, "Windows", "PINT", "receipts"))).toHaveLength(1);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "through Windows' pipes everything comes, on both streams, and a reader that goes away changes nothing",
    () => {
      const { root } = imageOnD();
      const inFile = started.now().pint(["inspect", "D:\\", "--verbose"]).stdout;
      const [version, wrong, long, gone] = started
        .now()
        .inside([
          { args: ["--version"] },
          { args: ["undo"] },
          { args: ["inspect", "D:\\", "--verbose"] },
          { args: ["apply", "D:\\", "--verbose"], reader: "gone" },
        ]);
      expect(version).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: "" });
      expect(wrong).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("exit code 2") });
      expect(long?.stdout).toBe(inFile);
      expect(gone).toMatchObject({ status: 0 });
      expect(readdirSync(join(root, "Windows", "PINT", "receipts"))).toHaveLength(1);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "hidden system logs are written in place, and stay hidden; modes stay as they were",
    () => {
      const { hive } = imageOnD();
      const program = started.now();
      const attrib = (...words: string[]) => program.wine.runIntoFiles("attrib.exe", words, 60_000);
      const log = `${HIVE}.LOG1`;
      for (const one of ["+s", "+h"]) expect(attrib(one, log).status).toBe(0); // of two at once Wine's sets the last
      const attributes = () => attrib(log).stdout.slice(0, 6);
      chmodSync(hive, 0o640);
      const state = () => [hive, `${hive}.LOG1`].map((file) => [statSync(file).mode, statSync(file).ino]);
      const [shown, before] = [attributes(), state()];
      expect(shown).toMatch(/S.*H/);
      expect(program.pint(["apply", "D:\\"]).status).toBe(0);
      expect(statSync(`${hive}.LOG1`).size).toBeGreaterThan(0);
      expect([attributes(), state()]).toEqual([shown, before]);
    },
    TEST_TIMEOUT_MS,
  );

  test(
    "paths: spaces, letters beyond the BMP, more than 260 characters, either slash, either case, relative, by prefix",
    () => {
      const program = started.now();
      const volume = newFolder();
      program.drive("D", volume);
      const long = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(60)).join("/");
      for (const folder of ["with spaces", "Bücher 🖧 ñ", long]) buildFixture("moved-windows-7", join(volume, folder));
      const windowsPath = (path: string) => `D:\\${path.replaceAll("/", "\\")}`;
      for (const folder of ["with spaces", "Bücher 🖧 ñ", long]) {
        const image = windowsPath(folder);
        expect(image.length > 260).toBe(folder === long);
        const profile = `${image}\\profile ✓.json`;
        const log = `${image}\\run.log`;
        expect(program.pint(["capture", image, "-o", profile, "--log", log]), folder).toMatchObject({ status: 0 });
        expect(readFileSync(join(volume, folder, "run.log"), "utf8")).toContain(`pint capture ${image}`);
        expect(existsSync(join(volume, folder, "profile ✓.json"))).toBe(true);
        const applied = program.pint(["apply", image, ...ORPHANS, "--json"]);
        expect({ ...applied, stdout: JSON.parse(applied.stdout) }, folder).toMatchObject({
          status: 0,
          stdout: { image: { path: image, hive: `${image}\\Windows\\System32\\config\\SYSTEM` }, written: true },
        });
        expect(program.pint(["undo", image]), folder).toMatchObject({ status: 0 });
      }
      // The folder is the image in all of these, however it is spelled.
      cpSync(join(volume, "with spaces"), volume, { recursive: true });
      mkdirSync(join(volume, "deep"));
      const spelled: readonly (readonly [string, string?])[] = [
        ["d:\\"],
        ["D:/"],
        [String.raw`\\?\D:\ `.trim()],
        [String.raw`\\.\D:\ `.trim()],
        ["D:\\deep\\.."],
        [".", volume],
        ["..\\", join(volume, "deep")],
        ["WINDOWS/system32/CONFIG/system", volume],
        ["d:windows\\system32\\config\\system", volume],
      ];
      for (const [image, cwd] of spelled) {
        const { status, stdout, stderr } = program.pint(["inspect", image, "--json"], cwd);
        expect({ image, status, stderr }).toEqual({ image, status: 0, stderr: "" });
        expect(JSON.parse(stdout).windows.computerName, image).toBe("PRESS-07");
      }
      const share = program.pint(["inspect", String.raw`\\server\share\image`]);
      expect(share).toMatchObject({ status: 21, stderr: expect.stringContaining("cannot be opened") });
    },
    TEST_TIMEOUT_MS,
  );
});
