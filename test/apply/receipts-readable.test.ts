/** Receipts that others may read: a run goes on and says so once, in each of the ways that write one; where nothing can be said, nothing is. */
import { copyFileSync, existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { captureImage } from "../../src/apply/capture.ts";
import { undoImage } from "../../src/apply/undo.ts";
import type { Host } from "../../src/image/host.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { LINUX, windowsHost } from "../support/hosts.ts";
import { newFolder } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { applyOptions, listener, NOW, ORPHANS, SAVED_PROFILE } from "./support.ts";
import { byValue, movedAndRun } from "./windows-ran.ts";

/** All is mounted as this file system, of which no program tells anything. */
function mountedAs(fileSystem: string): Host {
  const readText: Host["machine"]["readText"] = (path) =>
    path === "/proc/self/mountinfo" ? `22 1 8:1 / / rw,relatime - ${fileSystem} /dev/sda1 rw` : undefined;
  return { ...LINUX, machine: { ...LINUX.machine, readText } };
}

const NTFS = mountedAs("fuseblk");

/** An icacls that keeps the lists that were granted, and a folder's for what is in it; else what Windows' folder passes on. */
function windowsWithIcacls(status = 0): { readonly host: Host; readonly ran: string[][] } {
  const ran: string[][] = [];
  const closed = new Set<string>();
  const plain = windowsHost("X:\\Windows", "X:");
  const execute: Host["machine"]["execute"] = (program, [place = "", ...args]) => {
    if (!program.endsWith("icacls.exe")) return { ended: false, reason: `there is no ${program}` };
    ran.push([place, ...args]);
    const [what, file = ""] = args;
    if (status === 0 && what === "/inheritance:r") closed.add(place);
    const isClosed = [...closed].some((folder) => place.startsWith(folder));
    const list = isClosed ? "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)" : "D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)";
    if (dirname(place).endsWith("receipts")) expect(statSync(place).size).toBe(0);
    if (what === "/save") writeFileSync(file, `\ufeffx\r\n${list}\r\n`, "utf16le");
    return { ended: true, status: what === "/save" ? 0 : status };
  };
  return { host: { ...plain, machine: { ...plain.machine, execute } }, ran };
}

const READABLE = "receipts-readable";

/** What the result says of it and what was said meanwhile are the same. */
function expectTold(
  { warnings }: { readonly warnings: readonly { readonly code: string; readonly message: string }[] },
  { events }: ReturnType<typeof listener>,
): string {
  const told = warnings.filter(({ code }) => code === READABLE);
  expect(told).toHaveLength(1);
  expect(events.filter((event) => event.kind === "warning" && event.code === READABLE)).toEqual([
    { kind: "warning", ...told[0] },
  ]);
  return told[0]?.message ?? "";
}

test("apply goes on, tells it once, and names folder and receipt", () => {
  const { root } = phonyImage("moved-windows-7");
  const heard = listener();
  const result = applyImage({ ...applyOptions(root, ORPHANS), host: NTFS }, heard.emit);
  expect(result).toMatchObject({ exitCode: 0, written: true });
  const message = expectTold(result, heard);
  expect(message).toContain(`${join(root, "Windows/PINT/receipts")}: getfattr (Debian package attr)`);
  expect(message).toContain(result.receipt ?? expect.fail());
});

test("a profile that is saved in the image is told of in the same way", () => {
  const { root } = phonyImage("moved-windows-7");
  const capture = (host: Host) =>
    captureImage({ image: root, force: [], host, save: "in-image", now: NOW }, () => {}).warnings.find(
      ({ code }) => code === "profile-writable",
    )?.message;
  expect(capture(NTFS)).toContain(`${join(root, "Windows/PINT")}: getfattr (Debian package attr)`);
  expect(capture(windowsWithIcacls().host)).toBeUndefined();
  expect(capture(mountedAs("ext4"))).toBeUndefined();
});

test("so does an undo by value", () => {
  const { root } = movedAndRun();
  const heard = listener();
  const result = undoImage({ ...byValue(root), host: NTFS }, heard.emit);
  expect(result).toMatchObject({ way: "by-value", written: true });
  expect(expectTold(result, heard)).toContain(result.undoReceipt ?? expect.fail());
});

test("so does a run that writes an answer file", () => {
  const { root } = phonyImage("generalized");
  const inventory = { kind: "document", path: "fixtures/variants/pending-10/inventory.json" } as const;
  const what = { inventory, pairing: DEFAULT_PLAN_OPTIONS };
  const heard = listener();
  const result = applyImage({ ...applyOptions(root, what), host: NTFS, unattend: "in-image" }, heard.emit);
  expect(expectTold(result, heard)).toContain(result.answerFile?.receipt ?? expect.fail());
});

test.each([
  ["vfat", true],
  ["exfat", true],
  ["cifs", true],
  ["ext4", false],
  ["overlay", false],
  ["btrfs", false],
])("on %s: told %s", (fileSystem, isTold) => {
  const { root } = phonyImage("moved-windows-xp");
  const { warnings } = applyImage({ ...applyOptions(root, ORPHANS), host: mountedAs(fileSystem) }, () => {});
  expect(warnings.some(({ code }) => code === READABLE)).toBe(isTold);
});

test("beside a hive of a person's own nothing is set, and nothing told", () => {
  const hive = join(newFolder(), "SYSTEM");
  copyFileSync(phonyImage("moved-windows-7").hive, hive);
  const { host, ran } = windowsWithIcacls();
  const result = applyImage({ ...applyOptions(hive, ORPHANS), host }, () => {});
  expect(existsSync(result.receipt ?? expect.fail())).toBe(true);
  expect(ran).toEqual([]);
  expect(result.warnings.map(({ code }) => code)).not.toContain(READABLE);
});

test("in Windows icacls closes the folder before the receipt is there, and a folder that is closed stays so", () => {
  const { root } = phonyImage("moved-windows-10");
  const { host, ran } = windowsWithIcacls();
  const receipts = join(root, "Windows/PINT/receipts");
  const first = applyImage({ ...applyOptions(root, SAVED_PROFILE), host }, () => {});
  expect(first).toMatchObject({ written: true });
  expect(first.warnings.map(({ code }) => code)).not.toContain(READABLE);
  const own = dirname(receipts); // inherits what is good enough
  expect(ran.map(([place, what]) => [place, what])).toEqual([
    [own, "/save"],
    [receipts, "/setowner"],
    [receipts, "/reset"],
    [receipts, "/inheritance:r"],
    [receipts, "/save"],
    [first.receipt, "/save"],
  ]);
  undoImage({ image: root, force: [], host }, () => {});
  ran.length = 0;
  const second = applyImage({ ...applyOptions(root, SAVED_PROFILE), host }, () => {});
  expect(ran.map(([place, what]) => [place, what])).toEqual([
    [own, "/save"],
    [receipts, "/save"],
    [second.receipt, "/save"],
  ]);
});

test("in Windows a list that cannot be set is left as it is before it could lock anybody out, and told", () => {
  const { root } = phonyImage("moved-windows-10");
  const { host, ran } = windowsWithIcacls(5);
  const heard = listener();
  const result = applyImage({ ...applyOptions(root, SAVED_PROFILE), host }, heard.emit);
  expect(result).toMatchObject({ exitCode: 0, written: true });
  expect(expectTold(result, heard)).toContain("lets S-1-5-32-545 read or write (0x1200a9)");
  expect(ran.map(([, what]) => what)).not.toContain("/inheritance:r");
});
