/** add-to-boot-wim on real WIMs: what it puts where, what it refuses, and that what it takes out leaves no trace. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { describeWithTools } from "../support/tools.ts";
import { addToBootWim, details, fileIn, list, makeWim, PLAIN, programFor, wimlib, X64, X86 } from "./phony-wim.ts";

/** A folder as `npm run package` leaves it, as far as it is looked at. */
function newFiles(folder: string, content = "1"): string {
  const program = Buffer.concat([programFor(X64), Buffer.from(content)]);
  writeFileIn(folder, "files/pint.exe", program);
  writeFileIn(folder, "files/nssm.exe", programFor(X64));
  writeFileIn(folder, "files/EXECUTABLE-LICENSES.txt", "licences");
  return join(folder, "files");
}

const START = "/Windows/System32/startnet.cmd";
const ours = (name: string) => readFileSync(join("winpe", name), "latin1");

describeWithTools("with wimlib", ["wimlib-imagex"], () => {
  test("add, add again, remove: the second changes no byte, the last leaves every file as it was", () => {
    const folder = newFolder();
    const files = newFiles(folder);
    writeFileIn(folder, "profiles/SRV-FILES01.json", "{}");
    writeFileIn(folder, "profiles/read.me", "");
    writeFileIn(folder, "net driver/x64/nic.inf", "[Version]");
    const wim = makeWim(folder, PLAIN);
    chmodSync(wim, 0o640);
    const before = { details: details(wim), list: list(wim) };
    const args = [
      "add",
      wim,
      "--files",
      files,
      "--profiles",
      join(folder, "profiles"),
      "--drivers",
      join(folder, "net driver"),
    ];

    const first = addToBootWim(...args, "--options=--wait 300");
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect(first.stdout).toContain(`pint is in /PINT, started by ${START}`);
    expect(
      list(wim)
        .filter((path) => !before.list.includes(path))
        .sort(),
    ).toEqual([
      "/PINT",
      "/PINT/EXECUTABLE-LICENSES.txt",
      "/PINT/SRV-FILES01.json",
      "/PINT/before",
      "/PINT/before/startnet.cmd",
      "/PINT/boot-media.json",
      "/PINT/drivers",
      "/PINT/drivers/net driver",
      "/PINT/drivers/net driver/x64",
      "/PINT/drivers/net driver/x64/nic.inf",
      "/PINT/nssm.exe",
      "/PINT/pint-auto.cmd",
      "/PINT/pint-options.txt",
      "/PINT/pint.exe",
    ]);
    expect(fileIn(wim, START)).toBe(ours("startnet.cmd"));
    expect(fileIn(wim, "/PINT/before/startnet.cmd")).toBe("wpeinit\r\n");
    expect(fileIn(wim, "/PINT/pint-auto.cmd")).toBe(ours("pint-auto.cmd"));
    expect(fileIn(wim, "/PINT/pint-options.txt")).toBe("--wait 300\r\n");
    expect(wimlib("info", wim).toString()).toMatch(/^Boot Index: +1$/m);
    wimlib("verify", wim);
    expect(statSync(wim).mode & 0o777).toBe(0o640);
    expect(addToBootWim("check", wim)).toMatchObject({ status: 0, stderr: "" });

    const bytes = readFileSync(wim);
    expect(addToBootWim(...args, "--options=--wait 300").stdout).toContain("already so");
    expect(readFileSync(wim).equals(bytes)).toBe(true);

    expect(addToBootWim("remove", wim)).toMatchObject({ status: 0, stderr: "" });
    expect(details(wim)).toBe(before.details);
    expect(addToBootWim("check", wim)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("pint is not in it"),
    });
    expect(addToBootWim("remove", wim)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("pint is not in it"),
    });
    expect(readdirSync(folder).filter((name) => name.includes("pint-new"))).toEqual([]);
  });

  test("a newer program, another start: what was there before comes back all the same", () => {
    const folder = newFolder();
    const wim = makeWim(folder, PLAIN);
    const before = details(wim);
    expect(addToBootWim("add", wim, "--files", newFiles(folder)).status).toBe(0);
    expect(addToBootWim("add", wim, "--files", newFiles(folder, "2"), "--start", "winpeshl").status).toBe(0);
    expect(fileIn(wim, START)).toBe("wpeinit\r\n");
    expect(fileIn(wim, "/Windows/System32/winpeshl.ini")).toBe(ours("winpeshl.ini"));
    expect(fileIn(wim, "/PINT/pint.exe")).toMatch(/2$/);
    expect(addToBootWim("add", wim, "--files", newFiles(folder, "2"), "--start", "unattend").status).toBe(0);
    expect(fileIn(wim, "/Unattend.xml")).toBe(ours("unattend.xml"));
    expect(list(wim)).not.toContain("/Windows/System32/winpeshl.ini");
    expect(addToBootWim("remove", wim).status).toBe(0);
    expect(details(wim)).toBe(before);
  });

  test("the image that is booted is the one, however its files are spelled; the other stays as it is", () => {
    const folder = newFolder();
    const wim = makeWim(folder, PLAIN, {
      "WINDOWS/system32/WPEUTIL.EXE": programFor(X64),
      "WINDOWS/system32/STARTNET.CMD": "@echo off\r\nWPEINIT\r\n",
    });
    const before = [details(wim, 1), details(wim, 2)];
    expect(addToBootWim("add", wim, "--files", newFiles(folder))).toMatchObject({ status: 0, stderr: "" });
    expect(details(wim, 1)).toBe(before[0]);
    expect(fileIn(wim, "/WINDOWS/system32/STARTNET.CMD", 2)).toBe(ours("startnet.cmd"));
    expect(addToBootWim("check", wim, "--index", "1").status).toBe(1);
    expect(addToBootWim("remove", wim).status).toBe(0);
    expect([details(wim, 1), details(wim, 2)]).toEqual(before);
  });

  test.each([
    [
      "a start file that somebody has written",
      { [START.slice(1)]: "wpeinit\r\nstart tool.exe\r\n" },
      [],
      "with --replace it is kept",
    ],
    [
      "another start before startnet.cmd",
      { "Windows/System32/Winpeshl.ini": "[LaunchApps]\r\n" },
      [],
      "never looks at startnet.cmd",
    ],
    ["Setup's media", { "setup.exe": "x" }, [], "never looks at startnet.cmd"],
    [
      "a winpeshl.ini that is there",
      { "Windows/System32/winpeshl.ini": "[LaunchApps]\r\n" },
      ["--start", "winpeshl"],
      "--replace",
    ],
    ["a folder PINT of somebody else", { "PINT/tool.exe": "x" }, [], "that this program has not made"],
    ["a WinPE for x86", { "Windows/System32/wpeutil.exe": programFor(X86) }, [], "is no WinPE for x64"],
    ["an image that is not there", {}, ["--index", "2"], "there is no image 2"],
    ["no pint.exe", {}, ["--files", "/nowhere"], "pint.exe is not there"],
    ["a profile that is not there", {}, ["--profiles", "/nowhere.json"], "ENOENT"],
  ])("refuses %s, and the WIM stays byte for byte", (_, more, args, why) => {
    const folder = newFolder();
    const wim = makeWim(folder, { ...PLAIN, ...more });
    const bytes = readFileSync(wim);
    const run = addToBootWim("add", wim, "--files", newFiles(folder), ...args);
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toContain(why);
    expect(readFileSync(wim).equals(bytes)).toBe(true);
  });

  test("--replace keeps what somebody has written, and remove puts it back", () => {
    const folder = newFolder();
    const wim = makeWim(folder, { ...PLAIN, "Windows/System32/winpeshl.ini": "[LaunchApps]\r\nshell.exe\r\n" });
    const before = details(wim);
    const args = ["add", wim, "--files", newFiles(folder), "--start", "winpeshl", "--replace"];
    expect(addToBootWim(...args).status).toBe(0);
    expect(fileIn(wim, "/PINT/before/winpeshl.ini")).toBe("[LaunchApps]\r\nshell.exe\r\n");
    expect(addToBootWim("remove", wim).status).toBe(0);
    expect(details(wim)).toBe(before);
  });

  test("what was changed in the WIM since is told, and goes only by --force", () => {
    const folder = newFolder();
    const wim = makeWim(folder, PLAIN);
    expect(addToBootWim("add", wim, "--files", newFiles(folder)).status).toBe(0);
    const other = writeFileIn(folder, "other.cmd", "other\r\n");
    wimlib("update", wim, "1", `--command=add ${other} ${START}`);
    for (const action of ["check", "remove"]) {
      expect(addToBootWim(action, wim)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(`changed: ${START} (--force`),
      });
    }
    expect(fileIn(wim, START)).toBe("other\r\n");
    expect(addToBootWim("remove", wim, "--force").status).toBe(0);
    expect(fileIn(wim, START)).toBe("wpeinit\r\n");
  });

  test("what is not named again goes only by --force, and is told", () => {
    const folder = newFolder();
    const wim = makeWim(folder, PLAIN);
    const files = newFiles(folder);
    const profile = writeFileIn(folder, "SRV.json", "\ufeff{}");
    writeFileIn(folder, "nic/nic.inf", "[Version]");
    const given = ["--profiles", profile, "--drivers", join(folder, "nic"), "--options=--wait 9"];
    expect(addToBootWim("add", wim, "--files", files, ...given)).toMatchObject({ status: 0, stderr: "" });
    const bytes = readFileSync(wim);
    const lost = "/PINT/SRV.json, /PINT/drivers/nic/nic.inf, /PINT/pint-options.txt";
    expect(addToBootWim("add", wim, "--files", files)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`would not be any more: ${lost} (name them again`),
    });
    expect(readFileSync(wim).equals(bytes)).toBe(true);
    expect(addToBootWim("add", wim, "--files", files, "--force")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`note: no longer in it: ${lost}\n`),
    });
    expect(list(wim)).not.toContain("/PINT/SRV.json");
  });

  test("what a person put into PINT by hand goes only by --force", () => {
    const folder = newFolder();
    const wim = makeWim(folder, PLAIN);
    const files = newFiles(folder);
    expect(addToBootWim("add", wim, "--files", files).status).toBe(0);
    const own = writeFileIn(folder, "own.json", "{}");
    wimlib("update", wim, "1", `--command=add ${own} /PINT/more/own.json`);
    for (const action of [
      ["check", wim],
      ["remove", wim],
      ["add", wim, "--files", files],
    ]) {
      expect(addToBootWim(...action)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("changed: /PINT/more/own.json (--force"),
      });
    }
    expect(addToBootWim("remove", wim, "--force").status).toBe(0);
    expect(list(wim)).not.toContain("/PINT");
  });

  test("an empty file among the drivers goes in; folders without *.inf are told; what another has beside the WIM stays", () => {
    const folder = newFolder();
    const wim = makeWim(folder, PLAIN);
    const other = writeFileIn(folder, "boot.wim.pint-new", "another's");
    writeFileIn(folder, "nic/empty.txt", "");
    mkdirSync(join(folder, "nic", "none", "below"), { recursive: true });
    const args = ["add", wim, "--files", newFiles(folder), "--drivers", join(folder, "nic")];
    expect(addToBootWim(...args)).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringContaining(`note: ${join(folder, "nic")} has no *.inf`),
    });
    expect(addToBootWim("check", wim)).toMatchObject({ status: 0, stderr: "" });
    expect(addToBootWim(...args).stdout).toContain("already so");
    expect(readFileSync(other, "utf8")).toBe("another's");
  });

  test.each([
    ["broken.json", "{", "is no profile: "],
    ["Boot-Media.json", "{}", "a profile cannot be called Boot-Media.json"],
    ["before", "{}", "a profile cannot be called before"],
  ])("refuses the profile %s", (name, content, why) => {
    const folder = newFolder();
    const wim = makeWim(folder, PLAIN);
    mkdirSync(join(folder, "given"));
    const profile = writeFileIn(folder, `given/${name}`, content);
    const bytes = readFileSync(wim);
    expect(addToBootWim("add", wim, "--files", newFiles(folder), "--profiles", profile)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(why),
    });
    expect(readFileSync(wim).equals(bytes)).toBe(true);
  });

  test("no WIM, none that is booted, a damaged one: told, and nothing is left behind", () => {
    const folder = newFolder();
    const text = writeFileIn(folder, "text.wim", "no WIM");
    expect(addToBootWim("check", text)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("wimlib-imagex info"),
    });
    const wim = makeWim(folder, PLAIN);
    wimlib("info", wim, "0", "--boot");
    expect(addToBootWim("check", wim)).toMatchObject({ status: 1, stderr: expect.stringContaining("(--index N)") });
    const bytes = readFileSync(wim);
    bytes.fill(0x55, 0xd0, 0xe0); // the first file's content
    writeFileSync(wim, bytes);
    const run = addToBootWim("add", wim, "--index", "1", "--files", newFiles(folder));
    expect(run.status).toBe(1);
    expect(readFileSync(wim).equals(bytes)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes("pint-new"))).toEqual([]);
  });

  test("a wrong command line ends with 2 and the help", () => {
    for (const words of [
      [],
      ["add"],
      ["mend", "x"],
      ["add", "a", "b"],
      ["add", "x", "--start", "boot"],
      ["check", "x", "--files", "y"],
      ["add", "x", "--nothing"],
    ]) {
      expect(addToBootWim(...words)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("add-to-boot-wim.mjs add BOOT.WIM"),
      });
    }
    expect(addToBootWim("--help")).toMatchObject({ status: 0, stderr: "" });
  });
});
