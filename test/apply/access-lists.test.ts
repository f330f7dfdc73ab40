/** A real NTFS volume: the hive's own access lists and attributes stay as they are, and what a run makes there is for administrators alone. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { buildFixture } from "../../scripts/fixtures.ts";
import { IMAGES as PHONY } from "../../scripts/fixtures/images.ts";
import { applyImage } from "../../src/apply/apply.ts";
import { captureImage } from "../../src/apply/capture.ts";
import { editProfile } from "../../src/apply/profile-edit.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { toHex } from "../../src/bytes/hex.ts";
import { accessListsOf, whyNotProtected, whyNotSecret } from "../../src/image/access-list/access-lists.ts";
import { formatDescriptor } from "../../src/image/access-list/descriptor.ts";
import { findLogs } from "../../src/image/hive-files.ts";
import type { Host } from "../../src/image/host.ts";
import { THIS_MACHINE } from "../../src/image/machine.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { LINUX } from "../support/hosts.ts";
import { mayMount, mounted } from "../support/ntfs-mount.ts";
import { describeWithTools, runTool } from "../support/tools.ts";
import { ntfsVolume } from "../image/evidence/volumes.ts";
import { applyOptions, imageOptions, NOW, ORPHANS, SILENT } from "./support.ts";
import { byValue, IMAGES, windowsRan } from "./windows-ran.ts";

const HERE: Host = { ...LINUX, machine: THIS_MACHINE };
const LISTS = accessListsOf(HERE);
const READ_AND_EXECUTE = 0x001200a9;

const codesOf = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.map(({ code }) => code);

/** Of each place, as hexadecimal. */
function attributes(places: readonly string[], name: "system.ntfs_acl" | "system.ntfs_attrib"): readonly string[] {
  const { status, stdout } = runTool("getfattr", ["-h", "--absolute-names", "-e", "hex", "-n", name, ...places]);
  expect(status).toBe(0);
  const found = [...stdout.toString().matchAll(/=0x([0-9a-f]+)/g)].map(([, hex = ""]) => hex);
  expect(found).toHaveLength(places.length);
  return found;
}

function setAttribute(place: string, name: "system.ntfs_acl" | "system.ntfs_attrib", hex: string): void {
  expect(runTool("setfattr", ["-h", "-n", name, "-v", `0x${hex}`, place]).status).toBe(0);
}

/** What the volume says of the hive, its logs and their folder. */
function protectionOf(root: string, hive: string): unknown {
  const places = placesOf(hive);
  return {
    places: places.map((place) => place.slice(root.length)),
    lists: attributes(places, "system.ntfs_acl"),
    attributes: attributes(places, "system.ntfs_attrib"),
  };
}

const placesOf = (hive: string): readonly string[] => [dirname(hive), hive, ...findLogs(hive)];

/** Each gets a list that no other file has, and logs are hidden, as Windows has them. */
function protect(hive: string): void {
  for (const [index, place] of placesOf(hive).entries()) {
    const flags = index === 0 ? 3 : 0;
    const allow = (sid: string, mask: number) => ({ allows: true, flags, mask, sid });
    const entries = [
      allow("S-1-5-18", 0x001f01ff),
      allow("S-1-5-32-544", 0x001f01ff),
      allow(`S-1-15-2-${index + 1}`, READ_AND_EXECUTE),
    ];
    setAttribute(place, "system.ntfs_acl", toHex(formatDescriptor("S-1-5-32-544", index % 2 === 0, entries)));
    if (index > 1) setAttribute(place, "system.ntfs_attrib", "26000000"); // archive, system, hidden
  }
}

describeWithTools("on a volume that ntfs-3g has mounted", ["getfattr", "setfattr"], () => {
  test.skipIf(!mayMount).each(IMAGES)(
    "$name: lists and attributes of hive, logs and their folder are the same before, after apply and after each undo",
    ({ name, what, logFormat }) => {
      const volume = ntfsVolume("clean");
      const first = mounted(volume);
      buildFixture(name, first.path);
      const below = PHONY[name].hive;
      protect(join(first.path, below));
      first.unmount();

      /** What the volume itself says, mounted anew each time. */
      const after = (run: (root: string) => void): unknown => {
        const at = mounted(volume);
        run(at.path);
        const found = protectionOf(at.path, join(at.path, below));
        at.unmount();
        return found;
      };
      const before = after(() => undefined);
      expect(before).toMatchObject({ attributes: expect.arrayContaining(["26000000"]) });
      const applied = (root: string) => {
        const result = applyImage({ ...applyOptions(root, what), host: HERE }, SILENT);
        expect(result).toMatchObject({ exitCode: 0, written: true });
        expect(codesOf(result)).not.toContain("receipts-readable");
      };
      expect(after(applied)).toEqual(before);
      expect(after((root) => undoImage({ ...imageOptions(root), host: HERE }, SILENT))).toEqual(before);
      expect(after(applied)).toEqual(before);
      const undoneByValue = (root: string) => {
        windowsRan(join(root, below), logFormat);
        const result = undoImage({ ...byValue(root), host: HERE }, SILENT);
        expect(result).toMatchObject({ way: "by-value", written: true });
        expect(codesOf(result)).not.toContain("receipts-readable");
      };
      expect(after(undoneByValue)).toEqual(before);
    },
  );

  test.skipIf(!mayMount)("the receipts and a new log are for administrators alone; ntfs-3g alone lets everyone", () => {
    const volume = ntfsVolume("clean");
    const first = mounted(volume);
    buildFixture("moved-windows-7", first.path);
    const hive = join(first.path, PHONY["moved-windows-7"].hive);
    for (const log of findLogs(hive)) rmSync(log);
    // As runs left it that set no lists.
    const receipts = join(first.path, "Windows/PINT/receipts");
    mkdirSync(join(receipts, "answer-files"), { recursive: true });
    writeFileSync(join(receipts, "former.json"), "{}");
    for (const place of [receipts, join(receipts, "former.json")])
      expect(whyNotSecret(LISTS, place)).toContain("lets S-1-1-0 read or write");

    const result = applyImage({ ...applyOptions(first.path, ORPHANS), host: HERE }, SILENT);
    expect(codesOf(result)).not.toContain("receipts-readable");
    expect(codesOf(result)).not.toContain("log-readable");
    first.unmount();
    const again = mounted(volume);
    const there = join(again.path, "Windows/PINT/receipts");
    const names = readdirSync(there);
    expect(names).toHaveLength(3);
    for (const name of ["", ...names]) expect(whyNotSecret(LISTS, join(there, name))).toBeUndefined();
    const logs = findLogs(join(again.path, PHONY["moved-windows-7"].hive));
    expect(logs.map((log) => whyNotSecret(LISTS, log))).toEqual([undefined]);
    // A witness: ntfs-3g's own program, on the volume itself.
    again.unmount();
    for (const place of ["/Windows/PINT/receipts", `/Windows/PINT/receipts/${names.at(0) ?? ""}`]) {
      const audit = runTool("ntfssecaudit", ["-v", volume, place]).stdout.toString();
      expect(audit).toContain("Windows owner S-1-5-32-544");
      expect(audit).toMatch(/mode 0700/);
      expect(audit).toContain("No errors were found");
    }
  });

  test.skipIf(!mayMount)("so are those of answer files, and an answer file that was; its undo keeps it so", () => {
    const root = mounted(ntfsVolume("clean")).path;
    buildFixture("generalized", root);
    const answerFile = join(root, "Windows/Panther/unattend.xml");
    mkdirSync(dirname(answerFile), { recursive: true });
    writeFileSync(answerFile, '<unattend xmlns="urn:schemas-microsoft-com:unattend"/>');
    expect(LISTS.set(answerFile, "file", "administrators-only")).toBeUndefined();
    const inventory = { kind: "document", path: "fixtures/variants/pending-10/inventory.json" } as const;
    const what = { inventory, pairing: DEFAULT_PLAN_OPTIONS };
    const options = { ...applyOptions(root, what), host: HERE, now: NOW, unattend: "in-image" } as const;
    const result = applyImage(options, SILENT);
    expect(result.answerFile?.state).toBe("written");
    expect(codesOf(result)).not.toEqual(expect.arrayContaining([expect.stringMatching(/-readable$/)]));
    const receipts = join(root, "Windows/PINT/receipts");
    for (const place of [receipts, join(receipts, "answer-files"), result.answerFile?.receipt ?? "", answerFile])
      expect(whyNotSecret(LISTS, place)).toBeUndefined();
    expect(undoImage({ ...imageOptions(root), host: HERE }, SILENT).restored).toEqual([answerFile]);
    expect(whyNotSecret(LISTS, answerFile)).toBeUndefined();
  });

  test.skipIf(!mayMount)(
    "a saved profile and Windows\\PINT are read by all and changed by administrators only; ntfs-3g alone lets everyone",
    () => {
      const root = mounted(ntfsVolume("clean")).path;
      buildFixture("moved-windows-7", root);
      const result = captureImage({ ...imageOptions(root), host: HERE, save: "in-image", now: NOW }, SILENT);
      expect(codesOf(result)).not.toContain("profile-writable");
      for (const place of [result.savedTo ?? expect.fail(), join(root, "Windows/PINT")]) {
        expect(whyNotProtected(LISTS, place)).toBeUndefined();
        expect(whyNotSecret(LISTS, place)).toBe("its access list lets S-1-5-32-545 read or write (0x1200a9)");
      }
      const file = result.savedTo ?? "";
      const edit = { kind: "set", fields: [["mtu", "1400"]] } as const;
      expect(editProfile({ file, connection: "1", edit, now: NOW, host: HERE }, SILENT)).toMatchObject({
        written: true,
        warnings: [],
      });
      expect(whyNotProtected(LISTS, file)).toBeUndefined();
    },
  );
});
