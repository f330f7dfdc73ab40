/** Access lists set and read back: on a real NTFS volume that ntfs-3g has mounted, and by an icacls that a test stands in for. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { accessListsOf, whyNotProtected } from "../../../src/image/access-list/access-lists.ts";
import type { Host } from "../../../src/image/host.ts";
import { THIS_MACHINE } from "../../../src/image/machine.ts";
import { newFolder } from "../../support/folders.ts";
import { LINUX, windowsHost } from "../../support/hosts.ts";
import { describeWithTools, runTool } from "../../support/tools.ts";
import { mayMount, mounted } from "../../support/ntfs-mount.ts";
import { ntfsVolume } from "../evidence/volumes.ts";

const HERE: Host = { ...LINUX, machine: THIS_MACHINE };

describeWithTools("on Linux", ["getfattr", "setfattr"], () => {
  test.skipIf(!mayMount)(
    "a volume that ntfs-3g has mounted keeps what was set, and shows it again when mounted anew",
    () => {
      const volume = ntfsVolume("clean");
      const folder = mounted(volume);
      const lists = accessListsOf(HERE);
      const place = join(folder.path, "first boot");
      const file = join(place, "pint.exe");
      mkdirSync(place);
      expect(whyNotProtected(lists, place)).toContain("S-1-1-0");
      expect(lists.set(place, "folder", "administrators-only")).toBeUndefined();
      expect(whyNotProtected(lists, place)).toBeUndefined();
      writeFileSync(file, "x");
      expect(whyNotProtected(lists, file)).toContain("S-1-1-0");
      expect(lists.set(file, "file", "administrators-only")).toBeUndefined();
      const copy = join(folder.path, "copy");
      writeFileSync(copy, "x");
      expect(whyNotProtected(lists, copy)).toContain("S-1-1-0");
      expect(lists.copy(file, copy)).toBeUndefined();
      expect(lists.read(copy)).toEqual(lists.read(file));
      folder.unmount();
      const again = mounted(volume);
      for (const name of ["first boot", join("first boot", "pint.exe")]) {
        expect(whyNotProtected(lists, join(again.path, name))).toBeUndefined();
      }
      // A witness: ntfs-3g's own program, on the volume itself.
      again.unmount();
      const audit = runTool("ntfssecaudit", ["-v", volume, "/first boot"]).stdout.toString();
      expect(audit).toContain("Windows owner S-1-5-32-544");
      expect(audit).toContain("mode 0700");
      expect(audit).toContain("No errors were found");
    },
  );

  test("another file system shows none, and takes none", () => {
    const folder = newFolder();
    const lists = accessListsOf(HERE);
    expect(whyNotProtected(lists, folder)).toContain("no NTFS");
    expect(lists.set(folder, "folder", "administrators-only")).toMatch(/^setfattr ended with/);
    expect(lists.copy(folder, folder)).toBeUndefined(); // nothing to be lost
  });
});

test("without the programs it says which package has them", () => {
  expect(whyNotProtected(accessListsOf(LINUX), "/")).toContain("Debian package attr");
  expect(accessListsOf(LINUX).copy("/", "/")).toContain("Debian package attr");
});

describe("in Windows", () => {
  const PLACE = "D:\\Windows\\PINT\\first-boot";

  /** An icacls that keeps one list. */
  function standIn(saved: string, status = 0): { readonly host: Host; readonly ran: string[][] } {
    const ran: string[][] = [];
    const plain = windowsHost("X:\\Windows", "X:");
    const execute: Host["machine"]["execute"] = (program, [place = "", ...args]) => {
      ran.push([program, place, ...args]);
      const [what, file = ""] = args;
      if (what === "/save" && status === 0) writeFileSync(file, `\ufefffirst-boot\r\n${saved}\r\n`, "utf16le");
      return { ended: true, status };
    };
    return { host: { ...plain, machine: { ...plain.machine, execute } }, ran };
  }

  test("icacls takes away what is inherited, grants two groups by their SIDs, and is read back", () => {
    const { host, ran } = standIn("D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)");
    const lists = accessListsOf(host);
    expect(lists.set(PLACE, "folder", "administrators-only")).toBeUndefined();
    expect(whyNotProtected(lists, PLACE)).toBeUndefined();
    const icacls = "X:\\Windows\\System32\\icacls.exe";
    expect(ran.slice(0, 3)).toEqual([
      [icacls, PLACE, "/setowner", "*S-1-5-32-544", "/q"],
      [icacls, PLACE, "/reset", "/q"],
      [icacls, PLACE, "/inheritance:r", "/grant:r", "*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F", "/q"],
    ]);
  });

  test("a file inherits what its folder passes on", () => {
    const { host, ran } = standIn("");
    expect(accessListsOf(host).set(`${PLACE}\\pint.exe`, "file", "administrators-only")).toBeUndefined();
    expect(ran).toEqual([]);
  });

  test.each([
    ["D:AI(A;ID;FA;;;BA)(A;ID;0x1301bf;;;AU)", 0, "lets S-1-5-11 write"],
    ["D:AI(XA;;FA;;;BA)", 0, "what this program does not know"],
    ["", 5, "ended with 5"],
  ])("%s with status %d does not pass", (saved, status, why) => {
    expect(whyNotProtected(accessListsOf(standIn(saved, status).host), PLACE)).toContain(why);
  });

  test("a list is copied by its own text under the other file's name", () => {
    let restored = "";
    const { host, ran } = standIn("D:PAI(A;;FA;;;BA)");
    const execute: Host["machine"]["execute"] = (program, args, timeoutMs) => {
      if (args[1] === "/restore") restored = readFileSync(args[2] ?? "", "utf16le");
      return host.machine.execute(program, args, timeoutMs);
    };
    const lists = accessListsOf({ ...host, machine: { ...host.machine, execute } });
    expect(lists.copy("D:\\Panther\\unattend.xml", "D:\\Panther\\unattend.xml.new")).toBeUndefined();
    expect(ran.map(([, place, what]) => [place, what])).toEqual([
      ["D:\\Panther\\unattend.xml", "/save"],
      ["D:\\Panther", "/restore"],
    ]);
    expect(restored).toBe("\ufeffunattend.xml.new\r\nD:PAI(A;;FA;;;BA)\r\n");
    expect(accessListsOf(standIn("", 5).host).copy("D:\\a", "D:\\b")).toContain("ended with 5");
  });

  test("a list that cannot be set says so", () => {
    const { host, ran } = standIn("", 5);
    expect(accessListsOf(host).set(PLACE, "folder", "administrators-only")).toContain("ended with 5");
    expect(ran).toHaveLength(1);
  });
});
